#!/usr/bin/env bash
# Feeds the parsers of numbers, periods, units, tables, CSV files and messages with mutations of tests/corpus for a while
# each; the test run does the same for two seconds each. A failing input is printed: keep it in the corpus.
# Usage: bash tests/fuzz.sh [--seconds N] [--seed S]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

seconds=60 seed=$RANDOM
while (($#)); do
    case $1 in
        --seconds) seconds=$2 ;;
        --seed) seed=$2 ;;
        *) sed -n '4s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
    esac
    shift 2
done

echo "seed $seed"
export WASTEFREE_FUZZ_SECONDS=$seconds WASTEFREE_FUZZ_SEED=$seed
for project in WasteFree.Exchange.Tests WasteFree.Exchange.Cli.Tests WasteFree.Exchange.Server.Tests; do
    dotnet run -c Release --project "tests/$project" -- -noLogo -noColor -showLiveOutput -class '*.FuzzTests' -class '*.MessageFuzzTests'
done
