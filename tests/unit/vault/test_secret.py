"""A secret in memory shows nothing unless it is asked to."""

import copy
import json
import logging
import pickle
import traceback
from dataclasses import asdict, dataclass

import pytest
from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel, PydanticSchemaGenerationError

from greenroom.infra.plain import plain_json
from greenroom.infra.vault.secret import Secret, hint_of

CANARY = "ZZCANARY-of-a-secret-0123456789"


@dataclass
class Login:
    name: str
    password: Secret


def test_it_gives_its_value_to_whoever_asks_for_it() -> None:
    assert (Secret(CANARY).reveal(), Secret(CANARY.encode()).text()) == (CANARY.encode(), CANARY)
    assert Secret("a") == Secret(b"a") != Secret("b")
    assert Secret("a") != "a"


def test_printing_and_formatting_show_nothing() -> None:
    secret = Secret(CANARY)
    shown = [
        str(secret), repr(secret), f"{secret}", f"{secret!r:>40}", f"{secret:>40}", f"{secret} {secret!r}",
        str([secret]), str({"a": secret}), str(Login("ada", secret)), str(ValueError(secret)),
    ]  # fmt: skip
    assert [text for text in shown if "ZZCANARY" in text] == []


@pytest.mark.parametrize("dump", [json.dumps, plain_json, jsonable_encoder, pickle.dumps, copy.deepcopy, asdict])
def test_nothing_turns_it_into_data(dump: object) -> None:
    assert callable(dump)
    value = Login("ada", Secret(CANARY)) if dump is asdict else Secret(CANARY)
    with pytest.raises((TypeError, ValueError)) as caught:
        dump(value)
    assert "ZZCANARY" not in str(caught.value)


def test_no_model_of_the_api_can_carry_one() -> None:
    with pytest.raises(PydanticSchemaGenerationError):

        class Answer(BaseModel):
            password: Secret


def test_tracebacks_and_logs_show_nothing(caplog: pytest.LogCaptureFixture) -> None:
    secret = Secret(CANARY)
    try:
        secret.reveal().decode("ascii").index("not in it")
    except ValueError as error:
        logging.getLogger(__name__).exception("with %s", secret)
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "secret = Secret(…)" in shown
    assert "ZZCANARY" not in shown + caplog.text
    assert "with Secret(…)" in caplog.text


@pytest.mark.parametrize(
    ("value", "hint"),
    [("sk-0123456789abcdef-wxyz", "…wxyz"), ("short-password", ""), (b"\xff" * 40, ""), ("x" * 19, "")],
)
def test_a_hint_is_the_end_of_a_long_value(value: str | bytes, hint: str) -> None:
    assert hint_of(Secret(value)) == hint
