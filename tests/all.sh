#!/usr/bin/env bash
# Builds once in Release, runs every test project and ends with the line "N passed, N failed, N skipped".
# The exit code is 0 only when tests ran and none failed. Needs the .NET SDK; fetches the rest where it can.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A hung project is stopped and counted as a failure instead of holding the build machine.
readonly project_minutes=12

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
# Build nodes that outlive the build keep the output open, and a caller that reads it to the end would wait for them.
export MSBUILDDISABLENODEREUSE=1

passed=0 failed=0 skipped=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
: >"$results/failures"
trap 'exit 130' INT TERM

say() { printf '\n== %s\n' "$*"; }

finish() {
    if ((passed + failed == 0)); then
        echo "No test ran." >&2
        failed=1
    fi
    # Once more at the end, for a build machine that keeps only the tail of the output.
    if ((failed > 0)); then
        say "What failed"
        cat "$results/failures"
    fi
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    ((failed == 0))
    exit
}

count_as_failed() {
    echo "FAILED: $*" | tee -a "$results/failures"
    failed=$((failed + 1))
}

tree_state() { git status --porcelain 2>/dev/null; }

# A command from Debian's packages, where this script may install one.
install() {
    local command=$1
    if command -v "$command" >/dev/null || [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then return; fi
    say "Installing ${*:2}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:2}"; } \
        >"$results/apt.log" 2>&1 || { tail -n 5 "$results/apt.log"; echo "${*:2} could not be installed"; }
}

# The contracts' linter comes from npm. Without npm its test says that it was skipped.
install_linter() {
    install npm nodejs npm
    command -v npm >/dev/null || return 0
    say "Installing the contracts' linter"
    npm ci --prefix tests/contracts-tools --ignore-scripts --no-audit --no-fund || echo "npm ci did not work"
}

attribute() { sed -n "s/.*<assembly [^>]*[ ]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

# Each failed test of a file of results, with what the runner says of it.
failures_in() {
    awk -v RS='<(test|error) ' '
        function between(from, to,  start, rest) {
            if (!(start = index($0, from))) return ""
            rest = substr($0, start + length(from))
            return substr(rest, 1, index(rest, to) - 1)
        }
        /<failure/ { print between("name=\"", "\""); print between("<message>", "</message>"); print between("<stack-trace>", "</stack-trace>") }
    ' "$1" | sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g; s/^\(.\)/  \1/'
}

# A project's tests, under a title; further arguments are the runner's.
run_project() {
    local name=$1 dll=$2 xml=$results/$1.xml code=0 ran errors bad
    shift 2
    say "$name"
    if [[ ! -f $dll ]]; then
        count_as_failed "$name was not built; is it in the solution?"
        return
    fi
    timeout --kill-after=20 "${project_minutes}m" dotnet "$dll" -noLogo -noColor -result-xml "$xml" "$@" </dev/null || code=$?
    ran=$(attribute "$xml" total 2>/dev/null)
    # The results are written at the very end: without them the process died, whatever its exit code.
    if [[ -z $ran ]]; then
        if ((code == 124 || code == 137)); then count_as_failed "$name was stopped after $project_minutes minutes"
        else count_as_failed "$name ended with exit code $code and without results"; fi
        return
    fi
    errors=$(attribute "$xml" errors)
    bad=$(($(attribute "$xml" failed) + errors))
    if ((bad > 0)); then failures_in "$xml" >>"$results/failures"; fi
    passed=$((passed + $(attribute "$xml" passed)))
    failed=$((failed + bad))
    skipped=$((skipped + $(attribute "$xml" skipped)))
    if ((bad == 0 && code != 0)); then count_as_failed "$name ended with exit code $code although no test failed"; fi
    if ((ran == 0)); then echo "WARNING: $name holds no test"; fi
}

before=$(tree_state)
install_linter
install jq jq         # with it and xxd the recipe for receipts is run
install xxd xxd
install php php-cli   # with it the stubs of PHP are read
install strace strace # shows that an acknowledgement comes after the sync of the log
# The languages of protos/GUIDE.md. Go's packages first: they choose among those that exclude one another.
install grpc_java_plugin golang-go golang-github-golang-protobuf-1-5-dev golang-google-grpc-dev golang-google-protobuf-dev protoc-gen-go-1-5 protoc-gen-go-grpc \
    python3-grpcio protobuf-compiler protobuf-compiler-grpc libprotobuf-dev ruby-grpc ruby-grpc-tools \
    default-jdk-headless libgrpc-java libnetty-java libperfmark-java libprotobuf-java protobuf-compiler-grpc-java-plugin

say "Building"
if ! dotnet build WasteFree.Exchange.sln -c Release --disable-build-servers; then
    count_as_failed "the build"
    finish
fi

# A script that says "passed …", "failed …" or "skipped …" of each thing that it checks, under a title.
run_script() {
    local log=$results/script.log outcome
    say "$1"
    bash "$2" | tee "$log"
    for outcome in passed failed skipped; do
        printf -v "$outcome" '%d' "$((${!outcome} + $(grep -c "^$outcome " "$log")))"
    done
    grep '^failed ' "$log" >>"$results/failures"
}
run_script "Dependency audit" tests/audit.sh
run_script "The contracts in other languages" tests/protoc.sh

for project in tests/*/*.csproj; do
    grep -q 'Include="xunit.v3"' "$project" || continue
    name=$(basename "$project" .csproj)
    run_project "$name" "tests/$name/bin/Release/net10.0/$name.dll"
done

# Once more on SQL Server: the server's suite without what needs no hub, and the faults of hubs that share a database.
# Without WASTEFREE_TEST_SQLSERVER all of it is skipped.
on_sql_server() {
    local name=$1
    shift
    WASTEFREE_TEST_STORE=sqlserver run_project "$name on SQL Server" "tests/$name/bin/Release/net10.0/$name.dll" "$@"
}
on_sql_server WasteFree.Exchange.Server.Tests -class- '*.MappingTests' -class- '*.ReasonTableTests'
on_sql_server WasteFree.Exchange.Faults.Tests -class '*.TwoHubsTests' -class '*.FailpointTests' -class '*.CampaignTests' -class '*.OutageTests'

# Tests work in temporary folders. On a tree that was clean, anything left behind is a defect.
after=$(tree_state)
if [[ -z $before && -n $after ]]; then
    count_as_failed "the tests left changes in the tree:"
    echo "$after"
fi

say "All projects"
finish
