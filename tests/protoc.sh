#!/usr/bin/env bash
# Compiles the contracts with an old protoc and without flags, as a partner's machine may have it, and has the stubs that it makes
# read by their own languages. One line for each: "passed …", "failed …" or "skipped …" with the reason. The exit code is 0 unless
# something failed. Needs the .NET SDK, whose package Grpc.Tools holds the protoc.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# The oldest that the package source serves; protoc 3.14 refuses proto3 `optional` without a flag, as 3.12 does.
readonly grpc_tools=2.36.4

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
code=0
files=$(cd protos && find wastefree -name '*.proto' | sort)

# The name of what is checked, then the command.
check() {
    if "${@:2}" >"$work/log" 2>&1; then
        echo "passed $1"
    else
        tail -n 20 "$work/log"
        echo "failed $1"
        code=1
        return 1
    fi
}

find_protoc() {
    local package=$work/packages/grpc.tools/$grpc_tools
    cat >"$work/tools.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><RestorePackagesPath>$work/packages</RestorePackagesPath></PropertyGroup>
  <ItemGroup><PackageDownload Include="Grpc.Tools" Version="[$grpc_tools]" /></ItemGroup>
</Project>
XML
    dotnet restore "$work/tools.csproj" >/dev/null 2>&1
    protoc=$package/tools/linux_x64/protoc
    include=$package/build/native/include
    [[ -f $protoc ]] && chmod +x "$protoc" && "$protoc" --version >/dev/null 2>&1
}

# shellcheck disable=SC2086 # a list of names without blanks
compile() { mkdir -p "$work/$1" && "$protoc" -Iprotos -I"$include" "--$1_out=$work/$1" $files; }

cpp_is_valid() {
    local own=$work/cpp-own
    mkdir -p "$own"
    # Stubs belong to the headers of their own protoc, which is the machine's here.
    # shellcheck disable=SC2086
    command protoc -Iprotos --cpp_out="$own" $files || return
    find "$own" -name '*.pb.cc' -print0 | xargs -0 -n 1 -P 2 g++ -std=c++17 -fsyntax-only -I"$own"
}

php_is_valid() { find "$work/php" -name '*.php' -print0 | xargs -0 -n 1 -P 2 php -l; }

# Each message is an interface of its own, under the prefix of the contracts.
objc_has_the_prefix() {
    local names
    names=$(sed -n 's/^@interface \([A-Za-z0-9_]*\).*/\1/p' "$work"/objc/wastefree/exchange/v1/*.h)
    [[ -n $names ]] && ! grep -v '^WFX' <<<"$names"
}

if ! find_protoc; then
    echo "skipped the contracts under an old protoc: Grpc.Tools $grpc_tools is not served here, or does not run"
    exit 0
fi
version=$("$protoc" --version)
for language in python java ruby cpp php objc; do
    check "the contracts under $version without flags, $language" compile "$language" || exit 1
done
check "Objective-C stubs bear the prefix of the contracts" objc_has_the_prefix
if command -v g++ >/dev/null && command -v protoc >/dev/null && [[ -f /usr/include/google/protobuf/message.h ]]; then
    check "C++ stubs of $(command protoc --version) are valid" cpp_is_valid
else
    echo "skipped C++ stubs: g++, protoc or the headers of protobuf are not installed"
fi
if command -v php >/dev/null; then
    check "PHP stubs are valid" php_is_valid
else
    echo "skipped PHP stubs: php is not installed"
fi
exit "$code"
