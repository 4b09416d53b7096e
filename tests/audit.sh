#!/usr/bin/env bash
# Asks the registries whether a package that this project uses is known to be vulnerable. One line for each registry:
# "passed …", "failed …" with the packages, or "skipped …" where the registry gives no advisories: silence is not a pass.
# Needs a restored solution. The exit code is 0 unless something is known to be vulnerable.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
code=0

vulnerable_packages() { dotnet list "$1" package --vulnerable --include-transitive --format json 2>/dev/null; }

audit_nuget() {
    # A package with a published advisory: a source that does not know it knows nothing.
    cat >"$work/known.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
  <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="12.0.1" /></ItemGroup>
</Project>
XML
    dotnet restore "$work/known.csproj" >/dev/null 2>&1
    if ! vulnerable_packages "$work/known.csproj" | grep -q '"severity"'; then
        echo "skipped the NuGet audit: the package source does not give advisories"
        return
    fi
    if ! vulnerable_packages WasteFree.Exchange.sln >"$work/nuget.json"; then
        echo "failed the NuGet audit: the packages could not be listed"
        code=1
    elif grep -q '"severity"' "$work/nuget.json"; then
        grep -E '"(id|resolvedVersion|severity|advisoryurl)"' "$work/nuget.json"
        echo "failed the NuGet audit: the packages above are known to be vulnerable"
        code=1
    else
        echo "passed the NuGet audit"
    fi
}

audit_npm() {
    if ! command -v npm >/dev/null; then
        echo "skipped the npm audit: npm is not installed"
        return
    fi
    local found=0
    npm audit --prefix tests/contracts-tools --json >"$work/npm.json" 2>/dev/null || found=1
    if ! grep -q '"auditReportVersion"' "$work/npm.json"; then
        echo "skipped the npm audit: the registry does not give advisories"
    elif ((found)); then
        grep -E '"(name|severity|url)"' "$work/npm.json"
        echo "failed the npm audit: the packages above are known to be vulnerable"
        code=1
    else
        echo "passed the npm audit"
    fi
}

audit_nuget
audit_npm
exit "$code"
