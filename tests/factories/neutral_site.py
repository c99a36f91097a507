"""The neutral site that leaving goes to, on this machine: over TLS as a force pack demands, self-signed."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from shutil import copytree

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lastpiece.site.pack.loading import SHIPPED

PAGE = b"<!DOCTYPE html><title>Weather</title><h1>Weather</h1><p>Light rain.</p>"


@dataclass
class NeutralSite:
    """Where it answers, and what each request told it: a list of header names and values."""

    address: str
    visits: list[dict[str, str]] = field(default_factory=list)

    def pack_that_leads_here(self, folder: Path) -> Path:
        """Copy the invented pack, with this site in `leave_to`."""
        copytree(SHIPPED, folder)
        file = folder / "pack.yaml"
        lines = file.read_text().splitlines()
        lines = [f"leave_to: {self.address}" if line.startswith("leave_to:") else line for line in lines]
        file.write_text("\n".join(lines) + "\n")
        return folder


@contextmanager
def neutral_site(folder: Path) -> Iterator[NeutralSite]:
    """Serve a page about the weather at `https://localhost:…/weather` until the block ends."""
    certificate = certificate_for_localhost(folder)
    site = NeutralSite("")

    class Visit(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/weather"):
                site.visits.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's signature
            """Say nothing."""

    class Quietly(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of a browser that hangs up, or first looks at the certificate."""

    server = Quietly(("127.0.0.1", 0), Visit)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.address = f"https://localhost:{server.server_address[1]}/weather"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate_for_localhost(folder: Path) -> Path:
    """Make a key and a self-signed certificate, valid for a day, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)  # noqa: TID251 - a certificate is valid from now
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file
