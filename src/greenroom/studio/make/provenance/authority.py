"""Who signs: a certificate brought along, or an authority of this installation with one signing leaf.

Files in the folder: authority.pem, authority.key, chain.pem, leaf.key (keys readable by the owner only). A person who
has a certificate puts its chain and key there as own-chain.pem and own.key, or names them by path.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from greenroom.studio.errors import Invalid

_YEARS_AUTHORITY, _YEARS_LEAF = 20, 2
_RENEW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Credentials:
    """PEM chain (leaf first), PEM key, the C2PA name of the algorithm and the anchors to trust when reading back."""

    chain: str
    key: str
    algorithm: str
    anchors: str
    issuer: str


def credentials(folder: Path, chain: Path | None = None, key: Path | None = None) -> Credentials:
    """What to sign with. The installation's own authority is made on first use and its leaf renewed in time."""
    if (folder / "own-chain.pem").is_file() and chain is None:
        chain, key = folder / "own-chain.pem", folder / "own.key"
    if chain is not None:
        if key is None or not chain.is_file() or not key.is_file():
            raise Invalid(f"Give both the certificate chain and its key; {chain} or {key} is not there.")
        return _loaded(chain.read_text(), key.read_text(), chain.read_text())
    return _own(folder)


def brought(folder: Path) -> str:
    """The fingerprint of the certificate that a person put there; nothing when the installation signs itself."""
    chain = folder / "own-chain.pem"
    if not chain.is_file():
        return ""
    try:
        return x509.load_pem_x509_certificate(chain.read_bytes()).fingerprint(hashes.SHA256()).hex()
    except ValueError:
        return "unreadable"


def _own(folder: Path) -> Credentials:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority, chain, key = folder / "authority.pem", folder / "chain.pem", folder / "leaf.key"
    if not authority.is_file() or not (folder / "authority.key").is_file():
        _make_authority(folder)
        chain.unlink(missing_ok=True)
    if not chain.is_file() or not key.is_file() or _ends_soon(chain):
        _make_leaf(folder)
    return _loaded(chain.read_text(), key.read_text(), authority.read_text())


def _loaded(chain: str, key: str, anchors: str) -> Credentials:
    try:
        leaf = x509.load_pem_x509_certificate(chain.encode())
        private = serialization.load_pem_private_key(key.encode(), None)
    except (ValueError, TypeError) as wrong:
        raise Invalid(
            "The signing certificate or its key cannot be read; both have to be PEM, the key open."
        ) from wrong
    if private.public_key() != leaf.public_key():
        raise Invalid("The signing key does not belong to the certificate; give the pair.")
    names = leaf.issuer.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Credentials(chain, key, _algorithm(private), anchors, str(names[0].value) if names else "unknown")


def _algorithm(key: object) -> str:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return {256: "es256", 384: "es384", 521: "es512"}[key.curve.key_size]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise Invalid("This kind of key cannot sign Content Credentials; use ECDSA P-256, Ed25519 or RSA.")


def _make_authority(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Greenroom installation {os.urandom(4).hex()}")
    certificate = (
        _builder(name, name, key.public_key(), _YEARS_AUTHORITY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _keep(folder / "authority.key", _pem(key), secret=True)
    _keep(folder / "authority.pem", certificate.public_bytes(serialization.Encoding.PEM))


def _make_leaf(folder: Path) -> None:
    root = x509.load_pem_x509_certificate((folder / "authority.pem").read_bytes())
    root_key = serialization.load_pem_private_key((folder / "authority.key").read_bytes(), None)
    if not isinstance(root_key, ec.EllipticCurvePrivateKey):
        raise Invalid(f"{folder / 'authority.key'} was replaced; remove authority.* to make a new authority.")
    key = ec.generate_private_key(ec.SECP256R1())
    identifier = x509.SubjectKeyIdentifier.from_public_key(root_key.public_key())
    certificate = (
        _builder(_name("Greenroom studio"), root.subject, key.public_key(), _YEARS_LEAF)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    _keep(folder / "leaf.key", _pem(key), secret=True)
    _keep(folder / "chain.pem", pem + (folder / "authority.pem").read_bytes())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, years: int
) -> x509.CertificateBuilder:
    begins = datetime.now(UTC) - timedelta(hours=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Greenroom"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def _ends_soon(chain: Path) -> bool:
    leaf = x509.load_pem_x509_certificate(chain.read_bytes())
    return leaf.not_valid_after_utc - datetime.now(UTC) < _RENEW


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _keep(path: Path, data: bytes, *, secret: bool = False) -> None:
    """Write whole or not at all; a secret is never readable by others, not even for a moment."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if secret else 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    part.replace(path)
