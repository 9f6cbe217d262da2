"""People who can sign in, and what they were granted."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by the name typed, in any spelling of the same name."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=Account.canonical_username(username or ""))


class Account(AbstractBaseUser):
    """A person who can sign in. Organisations and mandates stand apart from people."""

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=150)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    reading_mode = models.CharField(max_length=10, blank=True, help_text="how the person wants to read, on any device")

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    def __str__(self) -> str:
        return self.username

    @staticmethod
    def canonical_username(username: str) -> str:
        """One spelling for a name however it was typed: full width, capitals and outer blanks make no difference."""
        return AbstractBaseUser.normalize_username(username).strip().casefold()


class RoleGrant(models.Model):
    """A role which an account holds."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=50)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "role"], name="accounts_role_granted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class Organisation(models.Model):
    """A legal person for which people act. It cannot sign in."""

    uscc = models.CharField(max_length=18, unique=True, help_text="unified social credit code, GB 32100-2015")
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.uscc})"


class Mandate(models.Model):
    """A person may act for an organisation, within scopes and days. A row is settled once and stays."""

    person = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    scopes = models.JSONField(default=list)
    start_date = models.DateField()
    end_date = models.DateField()
    evidence = models.CharField(max_length=300)
    requested_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="accounts_mandate_in_order"),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(settled_at__isnull=True),
                name="accounts_one_open_request",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "organisation"], name="accounts_mandate_lookup")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.organisation_id}"


class ApiToken(models.Model):
    """A token by which a program acts for a person. Of its secret only a keyed digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    key = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class RequestCount(models.Model):
    """How many requests one caller has made in one window. The caller is a token's key, or a digest of an address."""

    caller = models.CharField(max_length=64)
    window_start = models.BigIntegerField()  # seconds since 1970
    requests = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["caller", "window_start"], name="accounts_one_count_a_window"),
        ]
        indexes: ClassVar = [models.Index(fields=["window_start"], name="accounts_window_age")]

    def __str__(self) -> str:
        return f"{self.caller} {self.window_start} {self.requests}"


class SignInAttempt(models.Model):
    """An attempt to sign in which has not succeeded. The name need not be that of an account."""

    username = models.CharField(max_length=150)
    address = models.GenericIPAddressField(null=True)
    tried_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["username", "address", "tried_at"], name="accounts_attempt_lookup"),
            models.Index(fields=["tried_at"], name="accounts_attempt_age"),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.tried_at:%Y-%m-%d %H:%M}"


class SecondFactor(models.Model):
    """A person's app for one-time passwords. It counts from ``confirmed_at`` on."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=200, help_text="sealed with a key of the house")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"second factor of {self.account_id}"


class Passkey(models.Model):
    """The public half of a passkey (WebAuthn). Its secret never leaves the person's device."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True, help_text="credential id, base64url")
    public = models.BinaryField(help_text="attested credential data, WebAuthn 6.5.1")
    counter = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"passkey {self.pk} of {self.account_id}"


class ExternalIdentity(models.Model):
    """Who a person is for an identity provider: by its issuer and subject, never by an address."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_identity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.issuer}"


class RecoveryCode(models.Model):
    """A code that opens once: in place of the app, or to set a new password. Only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="accounts_recovery_once"),
        ]

    def __str__(self) -> str:
        return f"recovery code of {self.account_id}"


class SignedIn(models.Model):
    """A session that a person began, so that it can be seen and ended from another device."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "began_at"], name="accounts_sessions")]

    def __str__(self) -> str:
        return f"session of {self.account_id} since {self.began_at:%Y-%m-%d %H:%M}"
