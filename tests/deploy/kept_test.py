# SPDX-License-Identifier: Apache-2.0
"""What is there by its name, and cannot be had as it is."""

import unittest
import unittest.mock

import ground
import keeping
from deploy import cloud

NAMES = ground.NAMES


class Kept(keeping.InAssembly):
    def test_githubs_provider_is_ours_by_its_tag(self):
        arn = self.provider(palabre="staging", other="any")
        self.assertEqual(self.look(), {"GitHub": {"GitHub": {"Arn": arn}}})

    def test_githubs_provider_of_another_environment_in_whatever_region(self):
        self.provider(palabre="production")
        said = self.refused()
        self.assertIn("that of the environment production", said)
        self.assertIn("accountParts is 'existing'", said)

    def test_githubs_provider_that_somebody_else_made(self):
        self.provider()
        said = self.refused()
        self.assertIn("not made by Palabre", said)
        self.assertIn("accountParts is 'existing'", said)

    def test_a_bucket_in_another_region(self):
        self.aws("s3", "eu-central-1").create_bucket(
            Bucket=NAMES["siteBucket"], CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        said = self.refused()
        for words in (NAMES["siteBucket"], "is in eu-central-1", "this environment in eu-west-3"):
            self.assertIn(words, said)

    def test_a_secret_that_is_about_to_go(self):
        secret, manager = self.secret(), self.aws("secretsmanager")
        manager.delete_secret(SecretId=secret, RecoveryWindowInDays=7)
        said = self.refused()
        self.assertIn(f"aws secretsmanager restore-secret --region eu-west-3 --secret-id {NAMES['edgeSecret']}", said)
        manager.restore_secret(SecretId=secret)
        self.assertEqual(self.look(), {"Data": {"Edge": {"Id": secret}}})

    def test_a_table_that_is_being_deleted(self):
        client = unittest.mock.Mock(**{"describe_table.return_value": {"Table": {"TableStatus": "DELETING"}}})
        real = cloud.client
        with unittest.mock.patch.object(cloud, "client", lambda service, region: client if service == "dynamodb" else
                                        real(service, region)):
            self.assertIn(f"The table {NAMES['table']} is being deleted", self.refused())


if __name__ == "__main__":
    unittest.main()
