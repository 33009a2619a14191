"""A file is brought in by its pages: uploaded, columns named, problems told, brought in by the worker, taken back."""

from __future__ import annotations

from io import BytesIO

from flask import Flask
from sqlalchemy import select

from placement.models.imports.upload import Upload
from placement.models.participants.participant import Participant
from placement.usecases.imports.run_upload import run_upload
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.imports.files import upload_rows

CSV = "Vorname;Nachname;Wochenstunden\nIda;Sand;12,5\n;Berg;10\nUwe;Tal;viel\nNoa;Lind;\n"


def send(visitor: Visitor, content: bytes, kind: str = "participants", name: str = "people.csv") -> int:
    data = {"csrf_token": visitor.csrf_token(), "kind": kind, "file": (BytesIO(content), name)}
    return visitor.http.post("/imports/new", data=data, content_type="multipart/form-data").status_code


def test_from_the_file_to_the_list_and_back(
    client_for: ClientFor, cast: Cast, make: Make, work: Work, app: Flask
) -> None:
    cora = client_for(cast.accounts.coordinator)
    assert "Nothing was brought in yet" in cora.get("/imports").words
    assert cora.submit("/imports/new", 422, kind="participants").errors
    assert send(cora, b"\x00\x01") == 422
    assert send(cora, CSV.encode()) == 303
    row = make.one(select(Upload))
    base = f"/imports/{row.public_id}"
    columns = cora.get(f"{base}/columns")
    assert "For example: Ida" in columns.words
    assert "not in yet" in cora.get("/imports").words
    form = next(form for form in columns.main_forms if form.action.endswith("/columns"))
    assert cora.submit(form, 422, preferred_name="").errors
    preview = cora.follow(cora.submit(form))
    assert "1 row can go in" in preview.words
    for told in ("This must not be empty.", "This is no number.", "This is in the program already."):
        assert told in preview.words
    assert "No row would go in." in cora.submit(f"{base}/preview", 422, rows="2").words
    running = cora.follow(cora.submit(f"{base}/preview", rows="x, 9-12"))
    assert "0 of 1 rows are in" in running.words
    run_upload(work, row.id)
    done = cora.get(base)
    assert "1 row is in" in done.words
    assert make.one(select(Participant).where(Participant.family_name == "Sand")).weekly_hours_limit == 12.5
    assert "Ida Sand" in cora.get("/participants").words
    back = cora.follow(cora.post(f"{base}/undo", {}))
    assert "everything it had brought in is gone" in back.words
    assert make.all(select(Participant).where(Participant.family_name == "Sand")) == []
    cora.get(f"{base}/preview", 404)


def test_a_file_is_thrown_away(client_for: ClientFor, cast: Cast, make: Make) -> None:
    cora = client_for(cast.accounts.coordinator)
    key = upload_rows(make, cast.a.program.id)["upload"]
    gone = cora.follow(cora.post(f"/imports/{key}/discard", {}))
    assert "thrown away" in gone.words
    cora.get(f"/imports/{key}", 404)


def test_the_real_stores_go_through_the_preview(client_for: ClientFor, cast: Cast, make: Make) -> None:
    """Addresses with gaps, as the map has them: what is missing is no fault, and is told on the site's own page."""
    lines = ["brand,street,postcode,city,phone"]
    lines += [
        f"Lidl,{'Weg ' + str(n) if n % 3 else ''},{10000 + n if n % 4 else ''},{'Berlin' if n % 5 else ''},"
        for n in range(60)
    ]
    cora = client_for(cast.accounts.coordinator)
    assert send(cora, "\n".join(lines).encode(), "employers", "stores.csv") == 303
    key = make.one(select(Upload)).public_id
    columns = cora.get(f"/imports/{key}/columns")
    form = next(form for form in columns.main_forms if form.action.endswith("/columns"))
    page = cora.follow(cora.submit(form))
    assert "can go in" in page.words
    assert "The same stands in row" in page.words
