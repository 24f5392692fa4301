# SPDX-License-Identifier: Apache-2.0
"""People of the user pool, made and signed in as docs/guide/aws.md says."""
from __future__ import annotations

from .deployed import ENVIRONMENT, Deployed

FIRST_PASSWORD, PASSWORD = "First-one-of-4-words", "Their-own-0f-5-words"


def sign_in(site: Deployed, name: str, *groups: str) -> str:
    """The id token of a new person: the owner makes the account, the person a password of their own and a second
    factor, which this pool demands of everybody."""
    cognito = site.world.cloud.client("cognito-idp")
    pool, client = pool_of(site), site.output("Site", "SignInClientId")
    address = f"{name}@example.org"
    cognito.admin_create_user(
        UserPoolId=pool, Username=address, TemporaryPassword=FIRST_PASSWORD,
        UserAttributes=[{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}])
    for group in groups:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=address, GroupName=group)
    asked = cognito.admin_initiate_auth(
        UserPoolId=pool, ClientId=client, AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": address, "PASSWORD": FIRST_PASSWORD})
    asked = _answer(cognito, client, asked, "NEW_PASSWORD_REQUIRED",
                    {"USERNAME": address, "NEW_PASSWORD": PASSWORD})
    added = cognito.associate_software_token(Session=asked["Session"])
    # Any six digits: moto does not compute what an authenticator shows.
    verified = cognito.verify_software_token(Session=added["Session"], UserCode="123456")
    done = _answer(cognito, client, asked | {"Session": verified["Session"]}, "MFA_SETUP", {"USERNAME": address})
    return done["AuthenticationResult"]["IdToken"]


def pool_of(site: Deployed) -> str:
    return site.world.stacks[f"Palabre-{ENVIRONMENT}-Data"].one("AWS::Cognito::UserPool").ref


def _answer(cognito, client: str, asked: dict, challenge: str, responses: dict) -> dict:
    assert asked["ChallengeName"] == challenge, asked
    return cognito.respond_to_auth_challenge(
        ClientId=client, ChallengeName=challenge, Session=asked["Session"], ChallengeResponses=responses)
