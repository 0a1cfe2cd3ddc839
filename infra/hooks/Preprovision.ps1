# Before azd provisions: the same as preprovision.sh.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Continue'

. (Join-Path $PSScriptRoot 'Provisioning.ps1')
$objectId = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'

# --- how callers sign in

# a member who may register applications, or somebody with a role that may
function Test-MayRegister {
    $cloud = Get-Answer cloud show
    if (-not $cloud) { return $false }
    $graph = $cloud.endpoints.microsoftGraphResourceId.TrimEnd('/') + '/v1.0'
    $me = Get-Answer rest --method get --url "$graph/me?`$select=userType"
    if (-not $me) { return $false }
    if ($me.userType -eq 'Member') {
        $policy = Get-Answer rest --method get --url "$graph/policies/authorizationPolicy?`$select=defaultUserRolePermissions"
        if ($policy -and $policy.defaultUserRolePermissions.allowedToCreateApps) { return $true }
    }
    # Global Administrator, Application Administrator, Cloud Application Administrator, Application Developer
    $may = '62e90394-69f5-4237-9190-012177145e10', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    '158c047a-c907-4556-b7ef-446551a6b5f7', 'cf1c38e5-3621-4004-a7cb-879624dced7c'
    $roles = Get-Answer rest --method get --url "$graph/me/memberOf/microsoft.graph.directoryRole?`$select=roleTemplateId"
    [bool] ($roles -and ($roles.value | Where-Object { $_.roleTemplateId -in $may }))
}

$entra = $env:PARC_ENTRA
if (-not $entra -and -not $env:PARC_API_CLIENT_ID) {
    if ($env:PARC_PRINCIPAL_ID) {
        $entra = 'false' # callers of an app that is there keep their keys
    }
    elseif (Test-MayRegister) {
        $entra = 'true'
        'Sign-in: Microsoft Entra ID. The report opens in a browser.'
    }
    else {
        $entra = 'false'
        'Sign-in: keys, because you may not register applications. Later: azd env set PARC_ENTRA true'
    }
    Save-Value PARC_ENTRA $entra
}

# --- whether Microsoft Graph may be asked

# a token from before the first grant would be kept without permissions for up to a day
function Test-HoldsNothing {
    $cloud = Get-Answer cloud show
    if (-not $cloud) { return $false }
    $readsAs = if ($env:PARC_PREVIOUS_PRINCIPAL_ID) { $env:PARC_PREVIOUS_PRINCIPAL_ID } else { $env:PARC_PRINCIPAL_ID }
    $graph = $cloud.endpoints.microsoftGraphResourceId.TrimEnd('/')
    $held = Get-Answer rest --method get --url "$graph/v1.0/servicePrincipals/$readsAs/appRoleAssignments?`$select=id"
    [bool] ($held -and -not $held.value)
}
if (-not $env:PARC_GRAPH_GRANTED) {
    if (-not $env:PARC_PRINCIPAL_ID -or (Test-HoldsNothing)) { Save-Value PARC_GRAPH_GRANTED 'false' }
}
elseif ($env:PARC_GRAPH_GRANTED -eq 'false' -and (Test-MayAskGraph)) { Save-Value PARC_GRAPH_GRANTED 'true' }

# --- what matters

$asks = $env:PARC_ASK
if (-not $asks -and -not [Console]::IsInputRedirected -and -not [Console]::IsOutputRedirected) { $asks = 'true' }

# the answer without blanks around it; nothing if there is none
function Read-Answer {
    param([string] $Question)

    [Console]::Out.Write("$Question`n> ")
    $answer = [Console]::In.ReadLine()
    if ($null -ne $answer -and -not $answer.Trim().StartsWith('-')) { $answer.Trim() }
}

if ($asks -eq 'true') {
    if (-not (Test-Path env:PARC_EMERGENCY_ACCOUNTS)) {
        $answer = Read-Answer 'Emergency access accounts, by sign-in name or object id, separated by commas (Enter: none yet):'
        if ($null -ne $answer) { Save-Value PARC_EMERGENCY_ACCOUNTS $answer }
    }
    if (-not (Test-Path env:PARC_ALERT_EMAILS)) {
        $answer = Read-Answer 'Mail addresses for alerts, separated by commas (Enter: none yet):'
        if ($answer -eq '' -or $answer -like '?*@?*') { Save-Value PARC_ALERT_EMAILS $answer }
        elseif ($null -ne $answer) { 'That is no mail address; set it later with: azd env set PARC_ALERT_EMAILS ADDRESS' }
    }
    if ($entra -eq 'true' -and -not (Test-Path env:PARC_READERS)) {
        $answer = Read-Answer 'Group that may read the report, by name or object id (Enter: only you):'
        if ($answer -and $answer -notmatch $objectId) {
            $group = Get-Answer ad group show --group $answer
            $answer = if ($group) { $group.id } else { 'unknown' }
        }
        if ($answer -eq '' -or $answer -match $objectId) { Save-Value PARC_READERS $answer }
        elseif ($null -ne $answer) { 'There is no such group; set it later with: azd env set PARC_READERS OBJECT_ID' }
    }
}

# --- the region

if ($env:AZURE_LOCATION) {
    $regions = @(Get-Answer functionapp list-flexconsumption-locations | ForEach-Object { $_.name.Replace(' ', '').ToLowerInvariant() })
    if ($regions -and $env:AZURE_LOCATION.Replace(' ', '').ToLowerInvariant() -notin $regions) {
        "NOTE: $env:AZURE_LOCATION does not offer the Flex Consumption plan, so the deployment will fail. Regions that do:"
        "  $(($regions | Sort-Object) -join ' ')"
        'Choose one with: azd env set AZURE_LOCATION REGION'
    }
}
exit 0
