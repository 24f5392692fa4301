# SPDX-License-Identifier: Apache-2.0
"""The site's bucket after one upload and another, and what CloudFront is told to forget."""

import pathlib
import tempfile
import unittest
import unittest.mock

import ground
from deploy import files, invalidate, say, upload


class Uploads(ground.InCloud):
    def setUp(self):
        super().setUp()
        self.bucket = ground.NAMES["siteBucket"]
        self.s3 = self.make_bucket(self.bucket)
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in ["index.html", "projets/index.html", "style.0a1b2c3d4e.css", "été au lac.svg"]:
            self.write(name, f"this is {name}")

    def write(self, name, text):
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def bring(self):
        with ground.Spoken() as self.said:
            return upload.bring(ground.STAGING, files.read(self.folder))

    def keys(self):
        return [each["Key"] for each in self.s3.list_objects_v2(Bucket=self.bucket).get("Contents", [])]

    def versions(self):
        return len(self.s3.list_object_versions(Bucket=self.bucket)["Versions"])

    def test_what_a_browser_hears(self):
        self.bring()
        page = self.s3.head_object(Bucket=self.bucket, Key="projets/index.html")
        self.assertEqual((page["ContentType"], page["CacheControl"]), ("text/html; charset=utf-8", files.PAGES))
        style = self.s3.head_object(Bucket=self.bucket, Key="style.0a1b2c3d4e.css")
        self.assertEqual((style["ContentType"], style["CacheControl"]),
                         ("text/css; charset=utf-8", files.FINGERPRINTED))
        body = self.s3.get_object(Bucket=self.bucket, Key="été au lac.svg")["Body"].read().decode()
        self.assertEqual(body, "this is été au lac.svg")

    def test_only_what_changed_travels(self):
        self.assertEqual(len(self.bring().changed), 4)
        self.assertEqual(self.bring(), upload.Uploaded([], []))
        self.write("index.html", "another one")
        self.assertEqual(self.bring(), upload.Uploaded(["index.html"], []))
        self.assertEqual(self.versions(), 5)

    def test_other_words_for_the_same_bytes_travel_too(self):
        self.bring()
        with unittest.mock.patch.object(files, "PAGES", "no-cache"):
            self.assertEqual(self.bring().changed, ["index.html", "projets/index.html"])
        self.s3.put_object(Bucket=self.bucket, Key="style.0a1b2c3d4e.css", Body=b"this is style.0a1b2c3d4e.css")
        self.assertIn("style.0a1b2c3d4e.css", self.bring().changed)   # somebody else's, without any words

    def test_what_is_gone_goes_and_what_is_not_ours_stays(self):
        self.bring()
        self.s3.put_object(Bucket=self.bucket, Key="from-somebody-else.txt", Body=b"any")
        (self.folder / "style.0a1b2c3d4e.css").unlink()
        self.assertEqual(self.bring(), upload.Uploaded([], ["style.0a1b2c3d4e.css"]))
        self.assertEqual(self.keys(),
                         ["from-somebody-else.txt", "index.html", "projets/index.html", "été au lac.svg"])
        self.assertIn("1 in the bucket are not ours", str(self.said))

    def test_pages_come_after_what_they_load_and_deletions_last(self):
        self.bring()
        (self.folder / "été au lac.svg").unlink()
        self.write("index.html", "names a.css and b.js")
        for name in ["a.css", "b.js"]:
            self.write(name, name)
        order = []
        put, remove = upload.Bucket.put, upload.Bucket.remove
        with unittest.mock.patch.multiple(
                upload.Bucket, put=lambda own, file: (put(own, file), order.append(file.key)),
                remove=lambda own, keys: (order.append(keys), remove(own, keys))):
            self.bring()
        self.assertEqual(sorted(order[:2]), ["a.css", "b.js"])
        self.assertEqual(order[2:], ["index.html", ["été au lac.svg"]])

    def test_more_than_one_page_of_a_listing(self):
        for number in range(1005):
            self.s3.put_object(Bucket=self.bucket, Key=f"old/{number}", Body=b"", Metadata=upload.MARK)
        self.assertEqual(len(self.bring().removed), 1005)
        self.assertEqual(len(self.keys()), 4)

    def test_an_upload_that_fails_removes_nothing(self):
        self.bring()
        (self.folder / "projets/index.html").unlink()
        self.write("index.html", "another one")
        with unittest.mock.patch.object(upload.Bucket, "put", side_effect=say.Stop("no")), self.assertRaises(say.Stop):
            self.bring()
        self.assertIn("projets/index.html", self.keys())


class Invalidations(ground.InCloud):
    def distribution(self):
        made = self.aws("cloudfront").create_distribution(DistributionConfig={
            "CallerReference": "any", "Comment": "any", "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [{"Id": "any", "DomainName": "any.s3.eu-west-3.amazonaws.com",
                                                  "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
            "DefaultCacheBehavior": {"TargetOriginId": "any", "ViewerProtocolPolicy": "allow-all"}})
        return made["Distribution"]["Id"]

    def forgotten(self, keys):
        distribution = self.distribution()
        with ground.Spoken() as said, unittest.mock.patch.object(invalidate, "PAUSE_SECONDS", 0):
            invalidate.run(distribution, keys, ground.REGION)
        self.said = str(said)
        cloudfront = self.aws("cloudfront")
        listed = cloudfront.list_invalidations(DistributionId=distribution)["InvalidationList"]
        return [cloudfront.get_invalidation(DistributionId=distribution, Id=each["Id"])["Invalidation"]
                ["InvalidationBatch"]["Paths"]["Items"] for each in listed.get("Items", [])]

    def test_a_page_and_its_folder(self):
        self.assertEqual(self.forgotten(["projets/index.html", "style.0a1b2c3d4e.css", "palabre.js"]),
                         [["/projets/index.html", "/projets/", "/palabre.js"]])
        self.assertIn("3 addresses", self.said)

    def test_nothing_that_is_kept(self):
        self.assertEqual(self.forgotten(["style.0a1b2c3d4e.css"]), [])
        self.assertIn("nothing", self.said)

    def test_names_are_written_as_in_addresses(self):
        self.assertEqual(invalidate.paths_for(["index.html"]), ["/index.html", "/"])
        self.assertEqual(invalidate.paths_for(["été au lac.svg"]), ["/%C3%A9t%C3%A9%20au%20lac.svg"])
        self.assertEqual(invalidate.paths_for(["a*.svg"]), ["/a%2A.svg"])

    def test_many_are_one_wildcard(self):
        keys = [f"{number}.txt" for number in range(invalidate.PATHS_MAX)]
        self.assertEqual(len(invalidate.paths_for(keys)), invalidate.PATHS_MAX)
        self.assertEqual(invalidate.paths_for([*keys, "one-more.txt"]), ["/*"])

    def test_it_does_not_wait_for_ever(self):
        class Slow:
            def get_invalidation(self, **_):
                return {"Invalidation": {"Id": "I1", "Status": "InProgress"}}
        with unittest.mock.patch.multiple(invalidate, PAUSE_SECONDS=0, WAIT_SECONDS=0.01):
            with self.assertRaisesRegex(say.Stop, "I1.*The site is uploaded"):
                invalidate._wait(Slow(), "any", {"Id": "I1", "Status": "InProgress"})


if __name__ == "__main__":
    unittest.main()
