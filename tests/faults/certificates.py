"""Certificates that no browser would trust, for servers whose TLS is wrong in one way."""

import datetime as dt
import ipaddress
import ssl
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Fault = Literal["self-signed", "expired", "wrong host"]


def context(folder: Path, fault: Fault = "self-signed") -> ssl.SSLContext:
    """Return a server's TLS context with a fresh certificate of 127.0.0.1 that has this fault."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "faulty.example")])
    now = dt.datetime.now(dt.UTC)
    ends = now - dt.timedelta(days=1) if fault == "expired" else now + dt.timedelta(days=1)
    known = (
        x509.DNSName("elsewhere.example")
        if fault == "wrong host"
        else x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=2))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([known]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    return made
