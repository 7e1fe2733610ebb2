"""The wheel carries everything: built from the sdist, installed alone, run from outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `briefing` command of a fresh environment that holds the built wheel."""
    folder = tmp_path_factory.mktemp("package")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", wheel], check=True, capture_output=True)
    # Dependencies come from the environment that runs the tests: what is tested is our wheel, not the registry.
    # Path files in a folder that a path file names are not followed, so the editable checkout stays out.
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    Path(site.stdout.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "env" / "bin" / "briefing"


def run(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "BRIEFING_", "PYTHON"))}
    return subprocess.run([command, *arguments], check=False, capture_output=True, text=True, cwd=cwd, env=environment)


def test_the_installed_wheel_makes_a_briefing_from_outside(installed: Path, tmp_path: Path) -> None:
    result = run(installed, "make", str(EXAMPLES), "-o", "out", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out" / "briefing.md").read_text(encoding="utf-8").startswith("# ")
    verified = run(installed, "verify", "out/briefing.json", cwd=tmp_path)
    assert verified.returncode == 0, verified.stdout


def test_the_installed_wheel_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    python = installed.with_name("python")
    code = "import briefing, briefing.resources as r; print(briefing.__file__); print(r.folder('prompts'))"
    result = run(python, "-c", code, cwd=tmp_path)
    assert str(ROOT) not in result.stdout
    assert "_data" in result.stdout


def test_help_needs_none_of_the_heavy_libraries(installed: Path, tmp_path: Path) -> None:
    heavy = (
        "openai",
        "httpx2",
        "onnxruntime",
        "tokenizers",
        "pydantic",
        "trafilatura",
        "jinja2",
        "rich",
        "tiktoken",
        "sentencex",
    )
    code = f"import sys, briefing.cli; print([name for name in {heavy} if name in sys.modules])"
    assert run(installed.with_name("python"), "-c", code, cwd=tmp_path).stdout.strip() == "[]"
    assert run(installed, "--help", cwd=tmp_path).returncode == 0
