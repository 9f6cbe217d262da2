"""The environment: read once, typed, and every fault names its variable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.config.connectors import connectors_of
from qiantang.config.env import PROJECT_ROOT, Environment, Kind, SettingError, variables


def test_nothing_set_gives_the_defaults_of_one_machine():
    environment = Environment.read({})
    assert environment.kind is Kind.DEV
    assert environment.home == PROJECT_ROOT / "var" / "home"
    assert environment.port == 8000
    assert (environment.city_name_zh, environment.city_name_en) == ("杭州", "Hangzhou")
    assert environment.city_code == "330100"
    assert (
        environment.database_url is environment.search_url is environment.lake_url is environment.clamd_address is None
    )


@pytest.mark.parametrize("told", ["杭州", "3301", "330106", "990100"])
def test_a_city_is_told_by_its_code(told):
    assert Environment.read({"QIANTANG_CITY_CODE": "330200"}).city_code == "330200"
    with pytest.raises(SettingError, match="QIANTANG_CITY_CODE"):
        Environment.read({"QIANTANG_CITY_CODE": told})


def test_an_empty_variable_is_an_unset_one():
    assert Environment.read({"PORT": "", "QIANTANG_DATABASE_URL": " "}) == Environment.read({})


def test_values_are_typed(tmp_path):
    environment = Environment.read(
        {
            "QIANTANG_HOME": str(tmp_path),
            "PORT": "9001",
            "QIANTANG_ENV": "prod",
            "QIANTANG_ALLOWED_HOSTS": "ip.example.org, www.example.org",
            "QIANTANG_CLAMD_ADDRESS": "127.0.0.1:3310",
        }
    )
    assert environment.home == tmp_path
    assert environment.port == 9001
    assert environment.kind is Kind.PROD
    assert environment.allowed_hosts == ("ip.example.org", "www.example.org")
    assert environment.clamd_address == ("127.0.0.1", 3310)


def test_a_relative_home_counts_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Environment.read({"QIANTANG_HOME": "var/demo"}).home == tmp_path / "var" / "demo"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "eight"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("QIANTANG_ENV", "staging"),
        ("QIANTANG_DATABASE_URL", "mysql://somewhere/x"),
        ("QIANTANG_SEARCH_URL", "somewhere"),
        ("QIANTANG_SEARCH_URL", "http://search:70000"),
        ("QIANTANG_SEARCH_URL", "http://a:9200,,b/name"),
        ("QIANTANG_SEARCH_URL", "http://a:9200/Name"),
        ("QIANTANG_SEARCH_REPLICAS", "-1"),
        ("QIANTANG_SECRET_KEY", "short"),
        ("QIANTANG_CLAMD_ADDRESS", "3310"),
    ],
)
def test_a_fault_names_its_variable(name, text):
    with pytest.raises(SettingError, match=name):
        Environment.read({name: text})


def test_a_fault_does_not_show_a_secret():
    with pytest.raises(SettingError) as told:
        Environment.read({"QIANTANG_DATABASE_URL": "mysql://me:my-password@host/x"})
    assert "my-password" not in str(told.value)
    with pytest.raises(SettingError) as told:
        Environment.read({"QIANTANG_SEARCH_URL": "http://me:my-password@host/Name"})
    assert "my-password" not in str(told.value)


@given(st.integers())
def test_a_port_is_1_to_65535(number):
    if 1 <= number <= 65535:
        assert Environment.read({"PORT": str(number)}).port == number
    else:
        with pytest.raises(SettingError, match="PORT"):
            Environment.read({"PORT": str(number)})


def test_the_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    environment = Environment.read({"QIANTANG_HOME": str(tmp_path / "home")})
    first = environment.secret(may_make=True)
    assert environment.secret(may_make=True) == first
    assert len(first) >= 50
    (kept,) = (tmp_path / "home").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_production_does_not_start_without_a_secret(tmp_path):
    with pytest.raises(SettingError, match="QIANTANG_SECRET_KEY"):
        Environment.read({"QIANTANG_HOME": str(tmp_path)}).secret(may_make=False)
    assert list(tmp_path.iterdir()) == []


def test_every_variable_tells_the_settings_reference_what_it_is():
    assert len({one.name for one in variables()}) == len(variables()) >= 11
    assert all(one.meaning and one.kind and one.changed_by for one in variables())


def test_reading_the_environment_needs_no_django():
    code = "import sys, qiantang.config.env as e; e.Environment.read(); sys.exit('django' in sys.modules)"
    there = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT / "src")}
    assert subprocess.run([sys.executable, "-c", code], env=there, check=False).returncode == 0


def test_nobody_else_reads_the_environment():
    source = PROJECT_ROOT / "src" / "qiantang"
    readers = {
        str(one.relative_to(source))
        for one in source.rglob("*.py")
        if "os.environ[" in (text := one.read_text(encoding="utf-8")) or "os.environ.get" in text or "os.getenv" in text
    }
    assert readers - {"config/env.py"} <= {str(Path("cli") / one.name) for one in (source / "cli").glob("*.py")}


def test_several_authorities_are_named_in_one_setting(tmp_path):
    told = "demo https://tsa.example/stamp#ca=/a.pem&name=main&policy=1.2.3 http://127.0.0.1:8080/#ca=b.pem"
    demo, main, other = Environment.read({"QIANTANG_TSA_URL": told}).authorities
    assert (demo.name, demo.url) == ("demo", None)
    assert (main.name, main.url, main.policy, str(main.roots)) == (
        "main",
        "https://tsa.example/stamp",
        "1.2.3",
        "/a.pem",
    )
    assert (other.name, other.url, other.policy) == ("127-0-0-1", "http://127.0.0.1:8080/", None)
    assert [one.name for one in Environment.read({}).authorities] == ["demo"]


@pytest.mark.parametrize(
    "told",
    [
        "ftp://tsa.example/#ca=a",
        "https://tsa.example/",
        "https://user@tsa.example/#ca=a",
        "https://tsa.example/#ca=a&colour=red",
        "https://tsa.example/#ca=a&name=demo",
        "https://tsa.example/#ca=a&name=A",
        "https://tsa.example/1#ca=a https://tsa.example/2#ca=a",
    ],
)
def test_an_authority_is_named_whole_or_not_at_all(told):
    with pytest.raises(SettingError, match="QIANTANG_TSA_URL"):
        Environment.read({"QIANTANG_TSA_URL": told})


def test_identity_providers_are_named_with_their_client_and_no_secret():
    told = "https://id.example.org/realms/city#client=qiantang&name=city&title=City&accounts=open http://localhost:9400#client=x"
    first, second = Environment.read({"QIANTANG_IDENTITY_PROVIDERS": told}).identity_providers
    assert first == ("city", "https://id.example.org/realms/city", "qiantang", "City", True)
    assert second == ("localhost", "http://localhost:9400", "x", "localhost", False)
    secrets = Environment.read({"QIANTANG_IDENTITY_SECRETS": "city:a:b"}).identity_secrets
    assert secrets == {"city": "a:b"}


@pytest.mark.parametrize(
    "told", ["http://id.example.org#client=x", "https://id.example.org", "https://id.example.org#client=x&y=z", "x"]
)
def test_an_identity_provider_that_is_none_stops_the_start(told):
    with pytest.raises(SettingError, match="QIANTANG_IDENTITY_PROVIDERS"):
        Environment.read({"QIANTANG_IDENTITY_PROVIDERS": told})


def test_a_fault_in_secrets_does_not_print_them():
    with pytest.raises(SettingError) as refused:
        Environment.read({"QIANTANG_IDENTITY_SECRETS": "hush"})
    assert "hush" not in str(refused.value)


@pytest.mark.feature("S7B-02")
def test_other_bodies_are_named_with_their_keys():
    key = "ab" * 32
    found = connectors_of(f"court=https://court.example/in#key={key}  police=http://127.0.0.1:9/#key={key}")
    assert [(one.name, one.url) for one in found] == [
        ("court", "https://court.example/in"),
        ("police", "http://127.0.0.1:9/"),
    ]
    for wrong in (
        f"court=http://court.example/#key={key}",
        "court=https://court.example/#key=12",
        "https://court.example/",
        f"court=https://a.example/#key={key} court=https://b.example/#key={key}",
    ):
        with pytest.raises(ValueError, match=r"https|key|route|once"):
            connectors_of(wrong)
