"""Write the API's description to the reference: `python -m tests.api.describe`."""

import json

from closeout.project import configure
from tests.api.test_api import SNAPSHOT


def main() -> None:
    """Write docs/reference/openapi.json."""
    configure("sqlite://:memory:", migrate=False)
    from closeout.api.app import api  # noqa: PLC0415 - after the settings

    SNAPSHOT.write_text(json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
