"""A body camera that speaks SIP, for the suites: it writes requests and reads what comes back."""

from __future__ import annotations

from itertools import count

from xiuhua.gateways.gb28181 import codec, digest
from xiuhua.gateways.gb28181.codec import Message
from xiuhua.gateways.gb28181.digest import Credentials
from xiuhua.observations.rules import digest_code

SERVER_ID = "31011500002000000001"
REALM = SERVER_ID[:10]
CAMERA = "31011500001320000001"
PASSWORD = "Test-1234"
SECRET = digest_code(CAMERA, REALM, PASSWORD)
KEEPALIVE = "<CmdType>Keepalive</CmdType><SN>7</SN><DeviceID>{id}</DeviceID><Status>OK</Status>"
POSITION = (
    "<CmdType>MobilePosition</CmdType><SN>8</SN><DeviceID>{id}</DeviceID><Time>{time}</Time>"
    "<Longitude>{lon}</Longitude><Latitude>{lat}</Latitude><Speed>5.5</Speed><Direction>120.5</Direction>"
    "<Altitude>4.0</Altitude>"
)


def notify(inner: str, root: str = "Notify") -> bytes:
    return f'<?xml version="1.0" encoding="GB2312"?>\n<{root}>{inner}</{root}>\n'.encode("gb18030")


def keepalive(camera: str = CAMERA) -> bytes:
    return notify(KEEPALIVE.format(id=camera))


def position(
    time: str = "2026-11-22T09:30:00", lon: object = 121.505, lat: object = 31.205, camera: str = CAMERA
) -> bytes:
    return notify(POSITION.format(id=camera, time=time, lon=lon, lat=lat))


class Camera:
    """`host` and `port` are what it writes into Via and Contact."""

    def __init__(self, id_: str = CAMERA, password: str = PASSWORD, transport: str = "UDP") -> None:
        self.id, self.password, self.transport = id_, password, transport
        self.serial = count(1)
        self.call_id = f"r-{id_}"

    def request(
        self, method: str, body: bytes = b"", more: list[tuple[str, str]] | None = None, branch: str = ""
    ) -> bytes:
        n = next(self.serial)
        address = f"<sip:{self.id}@{REALM}>"
        headers = [
            (
                "Via",
                f"SIP/2.0/{self.transport} 10.1.2.3:5060;rport;branch={branch or f'z9hG4bK{self.id}{n}'}",
            ),
            ("From", f"{address};tag=11"),
            ("To", address if method == "REGISTER" else f"<sip:{SERVER_ID}@{REALM}>"),
            ("Call-ID", self.call_id),
            ("CSeq", f"{n} {method}"),
            *(more or []),
        ]
        return codec.request(method, f"sip:{SERVER_ID}@{REALM}", headers, body)

    def register(
        self, challenge: Message | None = None, expires: str | None = "3600", qop: str | None = None
    ) -> bytes:
        more = [("Contact", f"<sip:{self.id}@10.1.2.3:5060>")]
        if expires is not None:
            more.append(("Expires", expires))
        if challenge is not None:
            more.append(("Authorization", self.proof(challenge["www-authenticate"], qop)))
        return self.request("REGISTER", more=more)

    def proof(self, challenge: str, qop: str | None = None) -> str:
        nonce = challenge.partition('nonce="')[2].partition('"')[0]
        nc, cnonce = ("00000001", "0a4f113b") if qop else (None, None)
        said = Credentials(self.id, REALM, nonce, f"sip:{SERVER_ID}@{REALM}", "", "MD5", qop, nc, cnonce)
        answer = digest.response(digest_code(self.id, REALM, self.password), "REGISTER", said)
        extra = f',qop={qop},nc={nc},cnonce="{cnonce}"' if qop else ""
        return (
            f'Digest username="{self.id}",realm="{REALM}",nonce="{nonce}",uri="{said.uri}",'
            f'response="{answer}",algorithm=MD5{extra}'
        )

    def tell(self, body: bytes, method: str = "MESSAGE", branch: str = "") -> bytes:
        more = [("Content-Type", "Application/MANSCDP+xml")]
        if method == "NOTIFY":
            more += [("Event", "presence"), ("Subscription-State", "active;expires=3590")]
        return self.request(method, body, more, branch)
