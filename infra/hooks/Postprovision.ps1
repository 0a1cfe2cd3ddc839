# After azd has provisioned: the same as postprovision.sh.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Continue'

. (Join-Path $PSScriptRoot 'Provisioning.ps1')
$grant = Join-Path (Split-Path $PSScriptRoot) 'Grant-Permissions.ps1'

# runs the script that grants; whether everything was done is in $script:complete
function Invoke-Grant {
    $parameters = $args[0]
    $global:LASTEXITCODE = 0
    try {
        & $grant @parameters
        $script:complete = $LASTEXITCODE -eq 0
    }
    catch {
        "$_"
        $script:complete = $false
    }
}

$previous = $env:PARC_PREVIOUS_PRINCIPAL_ID
$retired = $env:PARC_RETIRED_PRINCIPAL_ID
if (-not $env:PARC_PRINCIPAL_ID) {
    'Nothing is granted: the deployment left no PARC_PRINCIPAL_ID. Run: azd provision'
    exit 0
}
Invoke-Grant @{ Azure = $true }
$granted = $script:complete

# the next deployment sets what this one says
if ($env:PARC_GRAPH_GRANTED -eq 'false' -and (Test-MayAskGraph)) { Save-Value PARC_GRAPH_GRANTED 'true' }

# PARC_PREVIOUS_PRINCIPAL_ID is what the last deployment left: as long as there is one, the app reads as that identity
if ($previous) {
    if ($retired -ne $previous) { Save-Value PARC_RETIRED_PRINCIPAL_ID $previous }
    if ($granted) {
        Save-Value PARC_IDENTITIES user
        'The new identity holds what the old one held. The next azd provision moves the app over; run it when it suits you.'
    }
    else {
        "The app goes on reading as its old identity $previous, because the new one does not hold everything."
        'Once somebody has run the line above: azd env set PARC_IDENTITIES user, then azd provision'
    }
}
elseif ($retired -and $env:PARC_IDENTITIES -in $null, '', 'user' -and $retired -ne $env:PARC_PRINCIPAL_ID) {
    "The app has moved to its new identity. Taking back what the old one, $retired, held:"
    Invoke-Grant @{ Principal = $retired; Remove = $true; Azure = $true }
    if ($script:complete) { Save-Value PARC_RETIRED_PRINCIPAL_ID '' }
    else { 'Once somebody has run the line above: azd env set PARC_RETIRED_PRINCIPAL_ID ""' }
}
exit 0
