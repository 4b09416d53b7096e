#!/usr/bin/env bash
# Proves that the tests can fail: applies each patch of tests/mutants to a scratch copy of the tree, a deliberate bug each,
# and runs the tests that are named as its killers. A mutant that survives, a patch that no longer applies, and a
# killer that fails without the patch are failures. Ends with one line of counts.
#   bash tests/mutants.sh [NAME...]     only these
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$scratch"
cd "$scratch" && git init -q && git add -A && git -c user.name=mutants -c user.email=mutants@localhost commit -qm base

caught=0 failed=0
log=$scratch.log

killer() { sed -n "s/^# $1: //p" "$2"; }

# Exit code 0: built, and the killer passed.
run_killer() {
    local project=$1 filter=$2
    dotnet build "tests/$project" --disable-build-servers -v q >"$log" 2>&1 || return 2
    # shellcheck disable=SC2086
    timeout --kill-after=10 300 dotnet "tests/$project/bin/Debug/net10.0/$project.dll" -noLogo -noColor $filter >"$log" 2>&1 </dev/null
}

for patch in "$root"/tests/mutants/*.patch; do
    name=$(basename "$patch" .patch)
    if (($# > 0)) && [[ " $* " != *" $name "* ]]; then continue; fi
    project=$(killer project "$patch") filter=$(killer filter "$patch")
    if ! git apply "$patch" 2>"$log"; then
        echo "STALE     $name: the patch no longer applies"; tail -n 3 "$log"; failed=$((failed + 1))
        continue
    fi
    run_killer "$project" "$filter"
    code=$?
    git checkout -q . && git clean -qfd -e bin -e obj
    if ((code == 2)); then
        echo "BROKEN    $name: the mutant does not build"; grep -m 3 error "$log"; failed=$((failed + 1))
    elif ((code == 0)); then
        echo "SURVIVED  $name: $(sed -n 's/^# bug: //p' "$patch")"; failed=$((failed + 1))
    elif ! grep -q '\[FAIL\]' "$log" && ((code != 124 && code != 137)); then
        echo "BROKEN    $name: no killer ran"; tail -n 3 "$log"; failed=$((failed + 1))
    elif ! run_killer "$project" "$filter"; then
        echo "BROKEN    $name: its killer fails without it, too"; tail -n 3 "$log"; failed=$((failed + 1))
    else
        echo "caught    $name"; caught=$((caught + 1))
    fi
done
echo "$caught mutants caught, $failed not"
((failed == 0 && caught > 0))
