#!/usr/bin/env python3
"""What of deny.toml can be checked without its tool and without a network: licences, sources and banned crates."""
import json
import re
import subprocess
import sys
import tomllib

deny = tomllib.load(open("deny.toml", "rb"))
allowed = set(deny["licenses"]["allow"])
banned = {entry["crate"] for entry in deny["bans"]["deny"]}
metadata = json.loads(subprocess.run(["cargo", "metadata", "--format-version", "1", "--locked"], check=True, capture_output=True).stdout)


def fits(expression):
    """Whether one choice of an SPDX expression is allowed: OR of ANDs, parentheses only around an OR."""
    expression = expression.replace("/", " OR ").replace(" WITH LLVM-exception", "-with-exception")
    parts = re.split(r"\s+AND\s+(?![^(]*\))", expression)
    return all(any(choice.strip() in allowed for choice in part.strip("() ").split(" OR ")) for part in parts)


bad = []
for package in metadata["packages"]:
    name = f"{package['name']} {package['version']}"
    if not fits(package["license"] or "none"):
        bad.append(f"{name}: licence {package['license']}")
    if package["source"] and not package["source"].startswith("registry+https://github.com/rust-lang/crates.io-index"):
        bad.append(f"{name}: source {package['source']}")
    if package["name"] in banned:
        bad.append(f"{name}: banned by deny.toml")
print("\n".join(bad))
sys.exit(bool(bad))
