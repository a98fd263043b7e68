import subprocess
import sys

import pytest

from closeout.project import store
from closeout.project.store import SecretKeyError, files_root, secret_key, store_url


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Work in an empty folder with no variable set."""
    monkeypatch.chdir(tmp_path)
    for name in (store.DATABASE_URL, store.SECRET_KEY, store.FILES):
        monkeypatch.delenv(name, raising=False)
    store.secret_key.cache_clear()
    yield tmp_path
    store.secret_key.cache_clear()


def test_the_store_is_one_file_in_the_current_folder(folder):
    assert store_url() == f"sqlite:///{folder}/closeout.sqlite3"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("sqlite:///other.sqlite3", "sqlite:///{folder}/other.sqlite3"),
        ("sqlite:////srv/closeout.sqlite3", "sqlite:////srv/closeout.sqlite3"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://closeout@db/closeout", "postgresql://closeout@db/closeout"),
    ],
)
def test_a_given_store_is_used_and_a_relative_file_made_absolute(folder, monkeypatch, given, url):
    monkeypatch.setenv(store.DATABASE_URL, given)
    assert store_url() == url.format(folder=folder)


@pytest.mark.parametrize(
    ("url", "files"),
    [
        ("", "closeout-files"),
        ("sqlite:///deeper/closeout.sqlite3", "deeper/closeout-files"),
        ("postgresql://closeout@db/closeout", "closeout-files"),
    ],
)
def test_files_lie_beside_the_store(folder, monkeypatch, url, files):
    monkeypatch.setenv(store.DATABASE_URL, url)
    assert files_root() == folder / files


def test_files_can_be_kept_elsewhere(folder, monkeypatch):
    monkeypatch.setenv(store.FILES, "elsewhere")
    assert files_root() == folder / "elsewhere"


def test_the_key_is_made_once_and_kept_for_its_owner_alone(folder):
    key = secret_key()
    path = folder / "closeout-files" / "secret-key"
    assert path.read_text() == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret-key"]

    store.secret_key.cache_clear()
    assert secret_key() == key


def test_a_given_key_is_used_and_no_file_written(folder, monkeypatch):
    monkeypatch.setenv(store.SECRET_KEY, "k" * 50)
    assert secret_key() == "k" * 50
    assert list(folder.iterdir()) == []


def test_a_key_too_short_to_sign_with_is_refused(monkeypatch):
    monkeypatch.setenv(store.SECRET_KEY, "short")
    with pytest.raises(SecretKeyError, match="50 characters"):
        secret_key()


def test_processes_that_start_at_once_agree_on_the_key(folder):
    command = [sys.executable, "-c", "from closeout.project.store import secret_key; print(secret_key())"]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, cwd=folder, text=True)  # noqa: S603 - our own words
        for _ in range(4)
    ]
    keys = {process.communicate()[0] for process in processes}
    assert len(keys) == 1
