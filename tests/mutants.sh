#!/usr/bin/env bash
# Proves that the tests can fail: applies each patch of tests/mutants to a scratch copy of the tree, a deliberate bug each,
# and runs the tests that are named as its killers. A mutant that survives, a patch that no longer applies or build, and
# a killer that fails without the patch are failures. Ends with one line of counts.
# Usage: bash tests/mutants.sh [NAME...]     only these
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

scratch=$(mktemp -d)
log=$scratch.log
trap 'rm -rf "$scratch" "$log"' EXIT
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$scratch"
cd "$scratch" && git init -q && git add -A && git -c user.name=mutants -c user.email=mutants@localhost commit -qm base || exit 1

patches=()
for patch in "$root"/tests/mutants/*.patch; do
    if (($# == 0)) || [[ " $* " == *" $(basename "$patch" .patch) "* ]]; then patches+=("$patch"); fi
done
caught=0 failed=0

head_of() { sed -n "s/^# $1: //p" "$2"; }

# The analysers have had their say on the real tree; without them a mutant builds in half the time.
build() { dotnet build "tests/$1" --disable-build-servers -v q -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false "${@:2}" >"$log" 2>&1; }

run_killer() {
    local project=$1 filter=$2
    # The filter is words on purpose.
    # shellcheck disable=SC2086
    timeout --kill-after=10 300 dotnet "tests/$project/bin/Debug/net10.0/$project.dll" -noLogo -noColor $filter >"$log" 2>&1 </dev/null
}

fail() { echo "$1"; grep -m 3 -E 'error|\[FAIL\]' "$log" || tail -n 3 "$log"; failed=$((failed + 1)); }

echo "Killers on the tree as it is"
for project in $(for patch in "${patches[@]}"; do head_of project "$patch"; done | sort -u); do
    build "$project" || { fail "BROKEN    $project does not build"; exit 1; }
done
for patch in "${patches[@]}"; do
    run_killer "$(head_of project "$patch")" "$(head_of filter "$patch")" \
        || fail "BROKEN    $(basename "$patch" .patch): its killer fails without it, too"
done

echo "Mutants"
for patch in "${patches[@]}"; do
    name=$(basename "$patch" .patch) project=$(head_of project "$patch")
    if ! git apply "$patch" 2>"$log"; then
        fail "STALE     $name: the patch no longer applies"
        continue
    fi
    if ! build "$project" --no-restore; then
        fail "BROKEN    $name: the mutant does not build"
    elif run_killer "$project" "$(head_of filter "$patch")"; then
        fail "SURVIVED  $name: $(head_of bug "$patch")"
    elif code=$?; ! grep -q '\[FAIL\]' "$log" && ((code != 124 && code != 137)); then
        fail "BROKEN    $name: its killer did not run"
    else
        echo "caught    $name"
        caught=$((caught + 1))
    fi
    git checkout -q .
done
echo "$caught mutants caught, $failed not"
((failed == 0 && caught > 0))
