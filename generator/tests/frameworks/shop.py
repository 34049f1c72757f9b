"""A small shop, as a user of FastAPI would write it: its document to a file, or the shop itself on a port.

    python shop.py document FILE
    python shop.py serve         # on a free port of this machine, which it prints, then every operation that is called
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import json
import socket
import sys
import uuid
from typing import Annotated, Any, Generic, Literal, Optional, TypeVar, Union

from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, Request, UploadFile
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.security import APIKeyHeader, HTTPBearer, OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict, Field, RootModel

T = TypeVar("T")


class Colour(str, enum.Enum):
    red = "red"
    deep_blue = "deep blue"


class Level(enum.IntEnum):
    low = 1
    high = 2


class Size(BaseModel):
    width: float
    height: float


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog", "puppy"]
    good: bool = True


Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]


class Money(BaseModel):
    amount: decimal.Decimal
    currency: Annotated[str, Field(min_length=3, max_length=3, pattern="^[A-Z]{3}$")]


class Node(BaseModel):
    name: str
    children: list[Node] = []
    parent: Optional[Node] = None


class Item(BaseModel):
    model_config = ConfigDict(extra="allow")
    id: uuid.UUID
    name: str
    tags: set[str] = set()
    colour: Colour | None = None
    level: Level = Level.low
    price: Money
    position: tuple[int, int, str] | None = None
    sizes: dict[str, Size] = {}
    made: dt.date | None = None
    sold_at: Optional[dt.datetime] = None
    lasts: dt.timedelta | None = None
    pet: Pet | None = None
    raw: bytes | None = None
    anything: Any = None
    both: int | str = 0
    maybe: list[int | None] = []
    version: Literal[1] = 1
    note: str | None = Field(None, deprecated=True, description="old")
    tree: Node | None = None
    flags: dict[Colour, bool] = {}


class NewItem(BaseModel):
    name: str
    price: Money | None = None
    when: dt.datetime | dt.date | None = None


class Page(BaseModel, Generic[T]):
    items: list[T]
    next_cursor: str | None = None
    total: int


class Names(RootModel[list[str]]):
    pass


class Problem(BaseModel):
    type: str = "about:blank"
    title: str
    status: int


app = FastAPI(title="Shop", version="2.1.0", summary="A shop")


@app.middleware("http")
async def seen(request: Request, call_next):
    answer = await call_next(request)
    # Which operation it was, for who counts them.
    print(request.method, request.scope["route"].path_format, flush=True)
    return answer


oauth = OAuth2PasswordBearer(tokenUrl="token", scopes={"items": "Items"})
key = APIKeyHeader(name="X-Key")
bearer = HTTPBearer()


def problem(status: int, title: str) -> JSONResponse:
    return JSONResponse(Problem(title=title, status=status).model_dump(), status_code=status)


def full(name: str, price: Money | None = None, **more: Any) -> Item:
    """An item that has everything."""
    return Item(
        id=uuid.UUID(int=7),
        name=name,
        tags={"new"},
        colour=Colour.deep_blue,
        level=Level.high,
        price=price or Money(amount=decimal.Decimal("12.50"), currency="EUR"),
        position=(1, -2, "shelf"),
        sizes={"box": Size(width=1.5, height=2)},
        made=dt.date(2024, 2, 29),
        lasts=dt.timedelta(days=1, hours=2),
        pet=Dog(kind="puppy", good=False),
        raw=b"raw",
        anything={"deep": [1, None]},
        both="two",
        maybe=[1, None, 3],
        tree=Node(name="root", children=[Node(name="leaf")]),
        flags={Colour.red: True},
        **more,
    )


@app.get("/items", response_model=Page[Item], tags=["items"], responses={404: {"model": Problem}})
def list_items(
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    colour: Annotated[list[Colour] | None, Query()] = None,
    since: dt.datetime | None = None,
    x_trace: Annotated[str | None, Header()] = None,
    session: Annotated[str | None, Cookie()] = None,
):
    # What was asked comes back: an item for each colour, and the rest in the first of them.
    if cursor == "nowhere":
        return problem(404, "no such page")
    price = Money(amount=decimal.Decimal(1), currency="EUR")
    items = [Item(id=uuid.UUID(int=n), name=x_trace or "", colour=c, price=price) for n, c in enumerate(colour or [])]
    if items:
        items[0].sold_at = since
        items[0].note = session
    return Page[Item](items=items, next_cursor=cursor, total=limit)


@app.post(
    "/items",
    status_code=201,
    response_model=Item,
    tags=["items"],
    responses={200: {"model": Names}, 409: {"model": Problem}},
)
def create_item(item: NewItem, token: str = Depends(oauth)):
    if item.name == "twice":
        return problem(409, "twice is too often")
    if item.name == "known":
        return JSONResponse([item.name, token, str(item.when)])
    return full(item.name, item.price, extra=token)


@app.put("/items/{item_id}", response_model=Item | None, tags=["items"])
def put_item(item_id: uuid.UUID, item: Annotated[NewItem | Names, Body()], dry: bool = False, k: str = Depends(key)):
    if dry:
        return None
    name = item.name if isinstance(item, NewItem) else "+".join(item.root)
    changed = full(name, note=k)
    changed.id = item_id
    return changed


@app.delete("/items/{item_id}", status_code=204, tags=["items"])
def delete_item(item_id: Annotated[int | str, Path()]): ...


@app.post("/items/{item_id}/files", tags=["files"])
def upload(
    item_id: uuid.UUID,
    file: UploadFile,
    more: list[UploadFile] = File([]),
    title: str = Form(...),
    size: Optional[int] = Form(None),
) -> dict[str, Any]:
    return {
        "item": str(item_id),
        "file": [file.filename, file.file.read().decode()],
        "more": [[one.filename, one.file.read().decode()] for one in more],
        "title": title,
        "size": size,
    }


@app.get(
    "/files/{path:path}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
    tags=["files"],
)
def download(path: str):
    return Response(path.encode() + b"\0\xff", media_type="application/octet-stream")


@app.get("/ping", response_class=PlainTextResponse)
def ping():
    return "pong"


@app.post("/token")
def token(username: str = Form(), password: str = Form()) -> dict[str, str]:
    return {"access_token": f"{username}:{password}", "token_type": "bearer"}


@app.get("/pets")
def pets(b=Depends(bearer)) -> list[Pet]:
    return [Cat(kind="cat", lives=len(b.credentials)), Dog(kind="dog")]


@app.post("/pets/by", tags=["items"])
def two(a: Annotated[Pet, Body()], b: Annotated[int, Body(embed=True)]) -> tuple[int, str]:
    return b + 1, a.kind


@app.webhooks.post("item-sold")
def sold(body: Item): ...


def serve() -> None:
    import uvicorn

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["document", path]:
            with open(path, "w", encoding="utf-8") as file:
                json.dump(app.openapi(), file, indent=1)
        case ["serve"]:
            serve()
        case _:
            sys.exit(__doc__)
