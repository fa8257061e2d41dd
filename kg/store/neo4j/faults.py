"""The sentences for what the driver and the server report."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontology.errors import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from neo4j.exceptions import DriverError, Neo4jError

# Codes of the server, each with what it means for the user. The first that a code begins with.
REFUSED = {
    "Neo.ClientError.Security.CredentialsExpired":
        "the password of {user} has expired; give the user a new one (ALTER CURRENT USER SET"
        " PASSWORD) and set SFKG_NEO4J_PASSWORD",
    "Neo.ClientError.Security.Unauthorized":
        "it refuses user {user} or the password; set SFKG_NEO4J_USER and SFKG_NEO4J_PASSWORD",
    "Neo.ClientError.Security.Forbidden": "user {user} may not do this",
    "Neo.ClientError.Security": "it refuses user {user}",
    "Neo.ClientError.Database.DatabaseNotFound":
        "it has no database {database}; set SFKG_NEO4J_DATABASE",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": "its database may only be read",
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": "its database may only be read",
    "Neo.ClientError.Statement.AccessMode": "its database may only be read",
}  # fmt: skip
AWAY = {
    "Neo.ClientError.Security.AuthenticationRateLimit":
        "it takes no more attempts for now after wrong passwords for {user}",
    "Neo.TransientError.Database.DatabaseUnavailable": "its database is not up",
    "Neo.TransientError.General.DatabaseUnavailable": "its database is not up",
    "Neo.ClientError.Database.DatabaseUnavailable": "its database is not up",
    "Neo.DatabaseError.Database": "its database is not up",
    "Neo.ClientError.Transaction.TransactionTimedOut": "it took too long or another is writing",
    "Neo.ClientError.Transaction.LockClientStopped": "it took too long or another is writing",
    "Neo.TransientError.Transaction": "others are writing to it or it is stopping",
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": "it has too little memory for this",
    "Neo.TransientError.General.TransactionMemoryLimit": "it has too little memory for this",
    "Neo.TransientError": "it is busy or stopping",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is, as sentences name it; the password is no part of it."""

    url: str
    user: str
    database: str

    def error(self, reason: str) -> StoreError:
        """Return a fault that waiting does not mend."""
        return StoreError(f"the store {self.url} cannot be used: {self._filled(reason)}")

    def away(self, reason: str) -> StoreUnavailable:
        """Return a fault that may pass."""
        return StoreUnavailable(f"the store {self.url} is away: {self._filled(reason)}; try later")

    def in_doubt(self) -> StoreUnavailable:
        """Return the fault of a change that was handed over and never answered for."""
        return StoreUnavailable(
            f"the store {self.url} went away while it took a change in: the change may be in or"
            " not; make it again once the store is back"
        )

    def _filled(self, reason: str) -> str:
        return reason.format(user=repr(self.user), database=repr(self.database))


def fault(error: DriverError | Neo4jError, address: Address) -> StoreError:
    """Return the sentence for a fault of the driver or the server."""
    from neo4j.exceptions import (
        ConfigurationError,
        ConnectionPoolError,
        Neo4jError,
        ServiceUnavailable,
        SessionExpired,
    )

    if isinstance(error, Neo4jError):
        return _of_server(error, address)
    if isinstance(error, ConnectionPoolError):
        return address.away("all connections to it are in use")
    if certificate := _certificate_fault(error):
        return address.error(f"its certificate is not trusted ({certificate})")
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return address.away("no server answers there or it stopped while answering")
    if isinstance(error, ConfigurationError):
        return address.error("what answers there is no Neo4j 5.26 or later, or speaks no Bolt")
    return address.away(f"the connection failed ({type(error).__name__})")


def _of_server(error: Neo4jError, address: Address) -> StoreError:
    code = error.code or ""
    for beginning, reason in AWAY.items():
        if code.startswith(beginning):
            return address.away(reason)
    for beginning, reason in REFUSED.items():
        if code.startswith(beginning):
            return address.error(reason)
    return address.error(f"the server reports {code}".replace("{", "(").replace("}", ")"))


def _certificate_fault(error: BaseException) -> str:
    """Return what is wrong with the server's certificate, "" where that is not the cause."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        cause = cause.__cause__ or cause.__context__
    return ""
