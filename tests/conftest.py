"""What several test files need: databases, the real LibreOffice, and no deadlines."""

import os
import secrets
import shutil
import subprocess

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

# The first example of a test may load dictionaries; speed is measured in benchmarks/.
settings.register_profile("yakugo", deadline=None)
settings.load_profile("yakugo")


@pytest.fixture
def soffice(tmp_path):
    """Convert a file with LibreOffice: soffice(filter, path, ending) writes beside it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")

    def convert(export_filter, path, ending):
        profile = tmp_path / "profile"
        target = f"{ending}:{export_filter}" if export_filter else ending
        subprocess.run(
            [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
             target, "--outdir", str(path.parent), str(path)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return path.with_suffix(f".{ending}")

    return convert


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request, tmp_path):
    """Places for termbases: each call gives a new file, or a new schema on a real server.

    YAKUGO_TEST_POSTGRESQL is the URL of a database that the tests may use; see .ci/run.
    """
    if request.param == "sqlite":
        yield lambda: tmp_path / f"{secrets.token_hex(4)}.sqlite"
        return
    server = os.environ.get("YAKUGO_TEST_POSTGRESQL")
    if not server:
        pytest.skip("no PostgreSQL: YAKUGO_TEST_POSTGRESQL names none")
    engine = create_engine(server)
    schemas = []

    def place():
        schemas.append(f"yakugo_test_{secrets.token_hex(8)}")
        with engine.begin() as connection:
            connection.execute(text(f"create schema {schemas[-1]}"))
        options = {"options": f"-csearch_path={schemas[-1]}"}
        return engine.url.update_query_dict(options).render_as_string(hide_password=False)

    yield place
    for schema in schemas:  # one by one: a transaction can lock only so many tables
        with engine.begin() as connection:
            connection.execute(text(f"drop schema {schema} cascade"))
    engine.dispose()


@pytest.fixture
def database(new_database):
    """A place for one termbase."""
    return new_database()
