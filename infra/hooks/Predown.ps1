# Before azd takes the app down: the same as predown.sh.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Continue'

$grant = Join-Path (Split-Path $PSScriptRoot) 'Grant-Permissions.ps1'
$stays = @()

foreach ($principal in $env:PARC_PRINCIPAL_ID, $env:PARC_PREVIOUS_PRINCIPAL_ID, $env:PARC_RETIRED_PRINCIPAL_ID |
        Where-Object { $_ } | Select-Object -Unique) {
    $global:LASTEXITCODE = 0
    $complete = $false
    try {
        & $grant -Principal $principal -Previous '' -Remove -Azure
        $complete = $LASTEXITCODE -eq 0
    }
    catch { "$_" }
    if (-not $complete) {
        $stays += "  what the identity $principal holds: infra/Grant-Permissions.ps1 -Principal $principal -Remove -Azure -Elevate"
    }
}

# the registration that the deployment made; it keeps its name for 30 days unless it is purged
$registration = "$env:PARC_API_AUDIENCE" -replace '^.*/', ''
if ($registration -and -not $env:PARC_API_CLIENT_ID) {
    # whether az did it; its words are in $script:said
    function Test-Done {
        $script:said = @(az @args 2>&1 | ForEach-Object { "$_" }) -join ' '
        $LASTEXITCODE -eq 0
    }
    function Test-Gone { $script:said -match '(?i)not ?found|does not exist|(^|[^0-9a-f-])404([^0-9a-f-]|$)' }
    $graph = 'https://graph.microsoft.com'
    if (Test-Done cloud show --query endpoints.microsoftGraphResourceId -o tsv) { $graph = $script:said.Trim().TrimEnd('/') }
    $graph = "$graph/v1.0"
    if (Test-Done rest --method get --url "$graph/applications(uniqueName='$registration')?`$select=id" --query id -o tsv) {
        $id = $script:said.Trim()
        if ((Test-Done rest --method delete --url "$graph/applications/$id" -o none) -and
            ((Test-Done rest --method delete --url "$graph/directory/deletedItems/$id" -o none) -or (Test-Gone))) {
            'purged       the app registration for callers'
        }
        else {
            "REFUSED      purging the app registration for callers: $script:said"
            $stays += "  the app registration PARC: az ad app delete --id $id, then az rest --method delete --url $graph/directory/deletedItems/$id"
        }
    }
    elseif (Test-Gone) { 'gone         the app registration for callers' }
    else {
        "REFUSED      reading the app registration for callers: $script:said"
        $stays += '  the app registration PARC: az ad app list --display-name PARC'
    }
}

# a later deployment has a new identity, which holds nothing
azd env set PARC_GRAPH_GRANTED false
if ($LASTEXITCODE -ne 0) { 'note: before the next azd up: azd env set PARC_GRAPH_GRANTED false' }

if ($stays) {
    'This stays in the tenant until somebody who may removes it:'
    $stays
}
else { 'Nothing of PARC stays in the tenant outside of its resource group.' }
if ($env:PARC_LOCK_HISTORY -eq 'true') {
    'A lock keeps the storage account: azd down stops there until you delete the lock parc-history.'
}
exit 0
