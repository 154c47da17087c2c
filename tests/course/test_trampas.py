"""Protects the page of traps: each wrong one is wrong, and each repaired one right."""

from __future__ import annotations

import ast
import builtins
import re
import sys
import textwrap
from typing import Any

import numpy as np
import pytest
import torch

from tests.conftest import ROOT
from tests.derivatives.three_ways import SNIPPETS, assert_three_ways, load

SOURCE = (SNIPPETS / "trampas.py").read_text("utf-8")
PAGE = (ROOT / "docs/trampas.md").read_text("utf-8")


@pytest.fixture(scope="module")
def traps() -> dict[str, Any]:
    return load("trampas")


def section(name: str) -> str:
    """The code of a section of the snippet, as the page shows it."""
    found = re.search(rf"# --8<-- \[start:{name}\]\n(.*?)[ ]*# --8<-- \[end:{name}\]", SOURCE, re.DOTALL)
    assert found, name
    return textwrap.dedent(found[1])


# Silent wrong numbers.


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 8, 13])
@pytest.mark.parametrize("seed", range(3))
def test_sum_that_passes_for_a_mean(traps: dict, n: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    x, y, w = generator.normal(size=n), generator.normal(size=n), float(generator.normal())
    leaf = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    ((leaf * torch.tensor(x) - torch.tensor(y)) ** 2).mean().backward()
    assert leaf.grad is not None
    right = leaf.grad.item()
    assert traps["gradient_mean"](w, x, y) == pytest.approx(right)
    assert traps["gradient_sum"](w, x, y) == pytest.approx(n * right)
    assert (traps["gradient_sum"](w, x, y) == pytest.approx(right)) == (n == 1)
    x64, y64 = torch.tensor(x), torch.tensor(y)
    assert_three_ways(
        lambda w: ((w * x64 - y64) ** 2).mean(),
        lambda w: traps["gradient_mean"](w.item(), x, y),
        leaf.detach(),
    )


def test_sum_looks_faster_on_few_points_and_diverges_on_many(traps: dict) -> None:
    costs_of, wrong, right = (traps[name] for name in ("costs_of", "gradient_sum", "gradient_mean"))
    assert costs_of(wrong, 1)[-1] < costs_of(right, 1)[-1]
    assert costs_of(wrong, 4)[-1] > costs_of(wrong, 4)[0]
    assert costs_of(right, 4) == pytest.approx(costs_of(right, 1))


def test_column_against_list(traps: dict) -> None:
    assert traps["mse_column"](0.9, 0.1).item() != pytest.approx(19.6755, abs=1)
    assert traps["wrong_m"] == pytest.approx(0, abs=1e-3)
    assert traps["wrong_b"] == pytest.approx(0.1175, abs=1e-4)
    assert traps["mse_checked"](0.9, 0.1).item() == pytest.approx(19.6755, abs=1e-4)
    assert traps["right_m"] == pytest.approx(-0.469286, abs=1e-3)
    assert traps["right_b"] == pytest.approx(1.76, abs=1e-3)
    assert len(traps["caught"]) == 1
    without_repair = section("columna-bien").replace(".squeeze(1)", "")
    assert without_repair != section("columna-bien")
    with pytest.raises(AssertionError):
        exec(without_repair, dict(traps))


def test_forgotten_zero_grad(traps: dict) -> None:
    piled, clean = traps["piled"], traps["clean"]
    assert piled[:2] == clean[:2]
    assert piled[2] < clean[2], "at first it looks better"
    assert max(piled[1:]) > piled[0]
    assert clean == sorted(clean, reverse=True)
    m = torch.tensor(0.9, requires_grad=True)
    optimizer = torch.optim.SGD([m], lr=0.01)
    for cleared, times in [(True, 1), (True, 1), (False, 2)]:
        if cleared:
            optimizer.zero_grad()
        traps["mse"](m, 0.1).backward()
        assert m.grad is not None
        assert m.grad.item() == pytest.approx(times * 36.305, abs=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_where_and_root(traps: dict, seed: int) -> None:
    m, b = traps["initial_parameters"]()
    assert traps["root_cost_wrong"](m, b).item() == traps["root_cost_right"](m, b).item()
    wrong = torch.autograd.grad(traps["root_cost_wrong"](m, b), [m, b])
    assert all(part.isnan() for part in wrong)
    generator = torch.Generator().manual_seed(seed)
    namespace = dict(traps)
    for name in ("xs", "ys"):
        namespace[name] = torch.randn(5 + seed, generator=generator, dtype=torch.float64)
    exec(section("raiz-bien").split("\n\n\n")[0], namespace)
    cost = namespace["root_cost_right"]
    point = torch.randn(2, generator=generator, dtype=torch.float64)

    def automatic(*point: torch.Tensor) -> tuple[torch.Tensor, ...]:
        leaves = [parameter.requires_grad_() for parameter in point]
        return torch.autograd.grad(cost(*leaves), leaves)

    assert_three_ways(cost, automatic, *point, tolerance=1e-4)  # roots of small errors bend a lot


def test_zero_itself_also_gives_nan() -> None:
    x = torch.tensor(0.0, requires_grad=True)
    torch.where(x > 0, torch.sqrt(x), 0.0).backward()
    assert x.grad is not None
    assert x.grad.isnan()


def test_seed(traps: dict) -> None:
    torch.manual_seed(0)
    assert not torch.equal(traps["noise_without_seed"](), traps["noise_without_seed"]())
    assert torch.equal(traps["noise_with_seed"](), traps["noise_with_seed"]())


# Misleading drawings.


def test_limits_from_the_ends_of_the_line(traps: dict) -> None:
    hidden, from_line = traps["hidden_points"], traps["limits_from_line"]
    assert [hidden(from_line(m, b)) > 0 for m, b, _ in traps["history"]] == [True] * 9
    low, high = from_line(*traps["history"][-1][:2])
    assert low > high, "the axis is turned over"
    low, high = traps["limits_from_all"](traps["history"])
    assert low < high
    assert hidden((low, high)) == 0
    for m, b, _ in traps["history"]:
        assert low < min(from_line(m, b)) <= max(from_line(m, b)) < high


def test_one_scale_for_all_rounds(traps: dict) -> None:
    assert len(set(traps["wrong_limits"])) == 3
    assert set(traps["right_limits"]) == {traps["limits"]}


@pytest.mark.parametrize("intercept", [0.0, 1.0, 2.0, -3.0])
def test_true_line(intercept: float) -> None:
    space = {"slope": 0.5, "intercept": intercept}
    given, functions = section("producto-mal").split("\n", 1)
    assert given == "slope, intercept = 0.5, 0.0"
    exec(functions, space)
    exec(section("producto-bien"), space)
    for x in (0, 25, 50):
        assert space["true_line_right"](x) == 0.5 * x + intercept
    assert any(space["true_line_wrong"](x) != space["true_line_right"](x) for x in (0, 25, 50))
    assert space["true_line_wrong"](0) == 0


# Misleading words and figures.


def test_cut_and_rounded(traps: dict) -> None:
    cut, values = traps["cut"], traps["values"]
    assert cut(values["C"], 2) == 19.67
    assert round(values["C"], 2) == 19.68
    assert [f"{values[name]:.3f}" for name in ("dC/dm", "dC/db")] == ["36.305", "6.265"]
    assert all(abs(cut(value, 2) - value) > 0.0049 for value in values.values())


@pytest.mark.parametrize("x", [-1.5, 0.3, 2.0])
def test_chain_rule(traps: dict, x: float) -> None:
    assert_three_ways(traps["h"], traps["chain"], torch.tensor(x, dtype=torch.float64))
    assert traps["h"](x) * traps["dx"] != pytest.approx(traps["chain"](x))
    assert traps["h"](x) * traps["dx"] != pytest.approx(traps["chain"](x) * traps["dx"])


@pytest.mark.parametrize("n", [2, 3, 8, 50])
def test_mse_is_not_the_l2_norm(traps: dict, n: int) -> None:
    errors = torch.randn(n, generator=torch.Generator().manual_seed(n), dtype=torch.float64)
    mse = torch.nn.functional.mse_loss(errors, torch.zeros_like(errors))
    norm = torch.linalg.vector_norm(errors)
    assert norm.item() != pytest.approx(mse.item(), rel=0.01)
    torch.testing.assert_close(norm**2 / n, mse)
    assert traps["l2_norm"].item() != pytest.approx(19.6755, abs=1)


def test_parameter_called_range(traps: dict) -> None:
    with pytest.raises(TypeError, match="not callable"):
        traps["uniform_points_wrong"](3, (0, 50))
    assert traps["uniform_points_right"](3, (0, 50)) == [0, 25, 50]
    arguments = {
        node.name: {argument.arg for argument in node.args.args}
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.FunctionDef)
    }
    shadowing = {name for name, names in arguments.items() if names & set(dir(builtins))}
    assert shadowing == {"uniform_points_wrong"}


def test_it_is_torch_and_not_the_other(traps: dict) -> None:
    assert type(traps["m"]).__module__ == "torch"
    assert "tensorflow" not in sys.modules
    assert "tensorflow" not in SOURCE.lower()


def test_every_fault_has_its_four_parts() -> None:
    faults = re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]
    assert len(faults) == 13
    for fault in faults:
        title = fault.splitlines()[0]
        parts = re.findall(r"^\*\*(Así circula|Qué sale|Por qué|El arreglo)\.\*\*", fault, re.MULTILINE)
        assert parts == ["Así circula", "Qué sale", "Por qué", "El arreglo"], title


def test_only_the_cost_tells_a_cut_from_a_rounding(traps: dict) -> None:
    """In float32 both partials lie just below the middle: their two decimals are the same cut and rounded."""
    m, b = traps["initial_parameters"]()
    cost = traps["mse"](m, b)
    cost.backward()
    for value, same in ((cost.item(), False), (m.grad.item(), True), (b.grad.item(), True)):
        assert (traps["cut"](value, 2) == round(value, 2)) == same
