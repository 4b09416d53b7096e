#!/usr/bin/env bash
# Two hubs on one database under load, killed, cut and starved for a time; ends with one line of counts:
# kills=… cuts=… reports=… rows=… changes=… violations=…   The exit code is 0 only with violations=0.
# Usage: bash tests/faults.sh [--minutes N] [--seed S]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet build tests/WasteFree.Exchange.Faults -c Release >"$log" 2>&1 || { cat "$log"; exit 1; }
dotnet tests/WasteFree.Exchange.Faults/bin/Release/net10.0/WasteFree.Exchange.Faults.dll "$@"
