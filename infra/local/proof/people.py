# SPDX-License-Identifier: Apache-2.0
"""People of the user pool, made and signed in as docs/guide/aws.md says."""
from __future__ import annotations

from dataclasses import dataclass

from .deployed import ENVIRONMENT, Deployed

FIRST_PASSWORD, PASSWORD = "First-one-of-4-words", "Their-own-0f-5-words"


@dataclass(frozen=True)
class Place:
    """A user pool and the client by which one signs in."""
    pool: str
    client: str


@dataclass(frozen=True)
class Person:
    address: str
    id_token: str
    access_token: str
    refresh_token: str


def ours(site: Deployed) -> Place:
    pool = site.world.stacks[f"Palabre-{ENVIRONMENT}-Data"].one("AWS::Cognito::UserPool").ref
    return Place(pool, site.output("Site", "SignInClientId"))


def anothers(site: Deployed) -> Place:
    """A pool that somebody else has, with a group of the same name."""
    cognito = _cognito(site)
    pool = cognito.create_user_pool(PoolName="another", UsernameAttributes=["email"])["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="ON")
    cognito.create_group(UserPoolId=pool, GroupName="moderators")
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="another", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"])
    return Place(pool, client["UserPoolClient"]["ClientId"])


def sign_in(site: Deployed, name: str, *groups: str, place: Place | None = None) -> Person:
    """Somebody new: the owner makes the account, the person a password of their own and a second factor, which the
    pool demands of everybody."""
    cognito, place, address = _cognito(site), place or ours(site), f"{name}@example.org"
    cognito.admin_create_user(
        UserPoolId=place.pool, Username=address, TemporaryPassword=FIRST_PASSWORD,
        UserAttributes=[{"Name": "email", "Value": address}, {"Name": "email_verified", "Value": "true"}])
    for group in groups:
        cognito.admin_add_user_to_group(UserPoolId=place.pool, Username=address, GroupName=group)
    asked = cognito.admin_initiate_auth(
        UserPoolId=place.pool, ClientId=place.client, AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": address, "PASSWORD": FIRST_PASSWORD})
    asked = _answer(cognito, place, asked, "NEW_PASSWORD_REQUIRED", {"USERNAME": address, "NEW_PASSWORD": PASSWORD})
    added = cognito.associate_software_token(Session=asked["Session"])
    # Any six digits: moto does not compute what an authenticator shows.
    verified = cognito.verify_software_token(Session=added["Session"], UserCode="123456")
    done = _answer(cognito, place, asked | {"Session": verified["Session"]}, "MFA_SETUP", {"USERNAME": address})
    told = done["AuthenticationResult"]
    return Person(address, told["IdToken"], told["AccessToken"], told["RefreshToken"])


def leave(site: Deployed, person: Person, group: str) -> None:
    _cognito(site).admin_remove_user_from_group(
        UserPoolId=ours(site).pool, Username=person.address, GroupName=group)


def next_token(site: Deployed, person: Person) -> str:
    """What their program gets when the hour is over."""
    place = ours(site)
    return _cognito(site).admin_initiate_auth(
        UserPoolId=place.pool, ClientId=place.client, AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": person.refresh_token})["AuthenticationResult"]["IdToken"]


def _answer(cognito, place: Place, asked: dict, challenge: str, responses: dict) -> dict:
    assert asked["ChallengeName"] == challenge, asked
    return cognito.respond_to_auth_challenge(
        ClientId=place.client, ChallengeName=challenge, Session=asked["Session"], ChallengeResponses=responses)


def _cognito(site: Deployed):
    return site.world.cloud.client("cognito-idp")
