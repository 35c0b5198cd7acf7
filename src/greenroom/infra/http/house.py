"""The parts of this process, as a request reaches them."""

from typing import Annotated

from fastapi import Depends, Request

from greenroom.infra.context import House


def house_of(request: Request) -> House:
    house: House = request.app.state.house
    return house


HouseOf = Annotated[House, Depends(house_of)]
