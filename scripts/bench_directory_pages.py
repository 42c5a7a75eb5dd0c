"""Print, as JSON, what scripts/bench_directory.py asks a directory for: addresses, cookies of readers, SQL queries.

Run by it with the environment of the site that it measures, after the database was filled.
"""

from __future__ import annotations

import json

import django
from bench_clients import client_of, cookie_of, queries_of
from django.urls import reverse
from django.utils import translation


def main() -> None:
    django.setup()
    translation.activate("en")
    from django.contrib.auth import get_user_model

    from directory.models import Organisation, OrganisationRole
    from directory.vocabulary import Role

    mill = Organisation.objects.public().filter(kind="sme").order_by("-pk").first()
    cluster = Organisation.objects.public().clusters().order_by("-pk").first()
    owner = get_user_model().objects.members().order_by("pk").first()
    if mill is None or cluster is None or owner is None:
        raise SystemExit("bench-directory: the database is not filled")
    OrganisationRole.objects.get_or_create(
        organisation=mill, user=owner, defaults={"role": Role.ADMINISTRATOR}
    )
    listed, on_map = reverse("directory:index"), reverse("directory:map")
    points = reverse("directory:map_points")
    narrow = "region=PT11&kind=sme&strategy=recycling"
    addresses = {
        "list": listed,
        "list, three filters": f"{listed}?{narrow}",
        "list, by name": f"{listed}?name=linen+mill",
        "profile": mill.get_absolute_url(),
        "profile of a cluster": cluster.get_absolute_url(),
        "map": on_map,
        "map data, Europe": f"{points}?box=-25,32,46,72&zoom=4",
        "map data, by type": f"{points}?box=-25,32,46,72&zoom=4&layer=kind",
        "map data, one town": f"{points}?box=-8.9,41,-8.4,41.3&zoom=10",
        "map as a picture": reverse("directory:map_picture"),
        "opportunities": reverse("opportunities:index"),
    }
    clients = {"visitor": client_of(None), "member": client_of(owner)}
    asked = [(name, "visitor", path) for name, path in addresses.items()]
    asked.append(
        ("matches", "member", reverse("opportunities:organisation_matches", args=[mill.slug]))
    )
    print(
        json.dumps(
            {
                "pages": [
                    {
                        "name": name,
                        "reader": reader,
                        "path": path,
                        "queries": queries_of(clients[reader], path),
                    }
                    for name, reader, path in asked
                ],
                "cookies": {"visitor": "", "member": cookie_of(clients["member"])},
            }
        )
    )


if __name__ == "__main__":
    main()
