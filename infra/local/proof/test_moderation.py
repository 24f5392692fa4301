# SPDX-License-Identifier: Apache-2.0
"""Moderators: from the account that the owner makes to the decision that stands in the audit."""
import base64
import json
import unittest
import uuid

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from . import people
from .deployed import deployed

MANY_LINKS = " ".join(f"https://{number}.example" for number in range(9))
MODERATION = [
    ("GET", "/moderation/commentaires", None),
    ("GET", f"/moderation/commentaires/{uuid.uuid4()}", None),
    ("POST", "/moderation/decisions", {"ids": [str(uuid.uuid4())], "decision": "publish"}),
    ("PUT", "/moderation/sections", {"sectionId": "proof", "closed": True}),
    ("GET", "/moderation/audit", None),
]


class Moderation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = deployed()
        cls.anna = people.sign_in(cls.site, f"anna-{uuid.uuid4()}", "moderators").id_token

    def ask(self, method, path, body=None, token=None):
        headers = {"Authorization": f"Bearer {token or self.anna}"}
        answer = self.site.ask(method, path, body, headers)
        self.assertEqual(answer.headers["cache-control"], "no-store")
        self.assertIn(answer.headers["x-cache"], ("Miss from cloudfront", "Error from cloudfront"))
        return answer

    def hold(self, section):
        posted = self.site.post(section, MANY_LINKS)
        self.assertEqual(posted.status, 202, posted)
        return posted.json()["id"]

    def read(self, section):
        """As if the edge had kept nothing."""
        self.site.world.edge.invalidate("/*")
        return [each["id"] for each in self.site.ask("GET", f"/commentaires?sectionId={section}").json()["comments"]]

    def test_a_held_comment_is_seen_by_nobody_until_a_moderator_publishes_it(self):
        section = f"proof-{uuid.uuid4()}"
        held = self.hold(section)
        self.assertEqual(self.read(section), [])
        self.assertEqual(self.site.ask("GET", f"/commentaires/{held}").status, 404)
        counts = self.site.ask("GET", f"/commentaires/counts?sectionId={section}").json()
        self.assertNotIn("1", json.dumps(counts["counts"]).replace(section, ""), counts)

        queue = self.ask("GET", f"/moderation/commentaires?status=held&sectionId={section}")
        self.assertEqual([each["id"] for each in queue.json()["comments"]], [held])
        decided = self.ask("POST", "/moderation/decisions", {"ids": [held], "decision": "publish", "note": "a friend"})
        self.assertEqual(decided.status, 200, decided)
        self.assertEqual(self.read(section), [held])
        self.assertEqual(self.ask("GET", f"/moderation/commentaires?sectionId={section}").json()["comments"], [])

    def test_the_audit_names_who_decided(self):
        held = self.hold(f"proof-{uuid.uuid4()}")
        self.ask("POST", "/moderation/decisions", {"ids": [held], "decision": "spam"})
        [entry] = [each for each in self.ask("GET", "/moderation/audit").json()["audit"]
                   if each.get("commentId") == held]
        name = _claims(self.anna)["email"]
        self.assertEqual((entry["by"], entry["action"]), (f"user:{name}", "spam"))

    def test_a_decision_is_never_answered_out_of_a_cache(self):
        """The second look of the same person, at the same address, at once."""
        section = f"proof-{uuid.uuid4()}"
        path = f"/moderation/commentaires?sectionId={section}"
        self.assertEqual(self.ask("GET", path).json()["comments"], [])
        held = self.hold(section)
        self.assertEqual([each["id"] for each in self.ask("GET", path).json()["comments"]], [held])

    def test_nobody_else_comes_in(self):
        stranger = people.sign_in(self.site, f"stranger-{uuid.uuid4()}").id_token
        for method, path, body in MODERATION:
            with self.subTest(f"{method} {path}"):
                without = self.site.ask(method, path, body)
                self.assertEqual(without.status, 401, without)
                self.assertIn("Authorization: Bearer", without.json()["detail"])
                refused = self.ask(method, path, body, stranger)
                self.assertEqual((refused.status, refused.headers["content-type"]), (403, "application/problem+json"))

    def test_the_key_of_the_pages_opens_no_moderation(self):
        for method, path, body in MODERATION:
            with self.subTest(f"{method} {path}"):
                answer = self.site.ask(method, path, body, {"x-api-key": self.site.site_key})
                self.assertEqual(answer.status, 401, answer)

    def test_tokens_that_are_forged_of_another_pool_or_of_another_use_are_refused(self):
        for name, token in self.wrong_tokens().items():
            with self.subTest(name):
                answer = self.ask("GET", "/moderation/commentaires", token=token)
                self.assertEqual((answer.status, answer.headers["content-type"]), (401, "application/problem+json"))

    def test_who_loses_the_group_loses_it_with_the_next_token(self):
        """The groups stand in the token, which is good for an hour: infra/lib/api-stack.ts says so."""
        former = people.sign_in(self.site, f"former-{uuid.uuid4()}", "moderators")
        people.leave(self.site, former, "moderators")
        self.assertEqual(self.ask("GET", "/moderation/audit", token=former.id_token).status, 200)
        self.assertEqual(self.ask("GET", "/moderation/audit", token=people.next_token(self.site, former)).status, 403)

    def test_a_token_of_an_hour_ago_is_refused(self):
        with self.site.clock.later(3601):
            answer = self.ask("GET", "/moderation/audit")
        self.assertEqual((answer.status, answer.headers["content-type"]), (401, "application/problem+json"))

    def wrong_tokens(self):
        header, _, signature = self.anna.split(".")
        claims = _claims(self.anna)
        other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        another = people.sign_in(self.site, "anna", "moderators", place=people.anothers(self.site))
        return {
            "nothing": "nothing",
            "another name with the old signature":
                f"{header}.{_encoded(claims | {'cognito:groups': ['admins']})}.{signature}",
            "signed by somebody else": _signed(header, claims, other_key),
            "of another pool": another.id_token,
            "no signature": f"{_encoded({'alg': 'none'})}.{_encoded(claims)}.",
            "an access token": people.sign_in(self.site, f"bert-{uuid.uuid4()}", "moderators").access_token,
        }


def _claims(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def _encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _signed(header, claims, key):
    text = f"{header}.{_encoded(claims)}"
    signature = key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{text}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


if __name__ == "__main__":
    unittest.main()
