<#
.SYNOPSIS
Grants the identity of PARC what it reads with, by Azure PowerShell; the same as grant-permissions.sh.

.DESCRIPTION
Says what it does and changes only what differs. It adds; it takes back only with an explicit -Set or -Remove. What is refused
does not end it: it goes on, and sums up. Sign in with Connect-AzAccount first. The permissions need Privileged Role Administrator
or Global Administrator; -Elevate needs Global Administrator.

.PARAMETER Principal
Object id of the function app's identity; by default PARC_PRINCIPAL_ID.

.PARAMETER Set
core, recommended, optional or none; each holds the ones before it. What is granted beyond the set is revoked. Without -Set
nothing is revoked, and PARC_PERMISSION_SET, else recommended, is added.

.PARAMETER Previous
The identity that PARC had before: what it holds is granted to -Principal too; by default PARC_PREVIOUS_PRINCIPAL_ID.

.PARAMETER App
Resource id of the function app, which is told that it may ask Microsoft Graph, if it waits for that; by default PARC_APP_ID.

.PARAMETER Azure
Also the two Reader assignments in Azure: tenant root group, and Entra diagnostic settings.

.PARAMETER Subscriptions
With -Azure: Reader on every subscription that you see, where there is no tenant root group.

.PARAMETER Elevate
With -Azure: raise yourself to User Access Administrator of all Azure for it, and undo that at the end.

.PARAMETER Remove
Take everything back: -Set none, and with -Azure the Reader assignments.

.PARAMETER RevokeOthers
Also revoke permissions of Microsoft Graph that are not on PARC's list.

.PARAMETER DryRun
Only say what would be done.
#>
#Requires -Version 5.1
#Requires -Modules Az.Accounts
[CmdletBinding()]
param(
    [string] $Principal = $env:PARC_PRINCIPAL_ID,
    [string] $Set,
    [string] $Previous = $env:PARC_PREVIOUS_PRINCIPAL_ID,
    [string] $App = $env:PARC_APP_ID,
    [switch] $Azure,
    [switch] $Subscriptions,
    [switch] $Elevate,
    [switch] $Remove,
    [switch] $RevokeOthers,
    [switch] $DryRun
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$graphApp = '00000003-0000-0000-c000-000000000000'
$reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
$accessAdministrator = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
$armVersion = 'api-version=2022-04-01'
$objectId = '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'

function Stop-Misused {
    param([string] $Why)

    [Console]::Error.WriteLine("Grant-Permissions: $Why")
    exit 2
}
function Stop-Failed {
    param([string] $Why)

    [Console]::Error.WriteLine("Grant-Permissions: $Why")
    exit 1
}

$exact = $PSBoundParameters.ContainsKey('Set')
if (-not $exact) { $Set = if ($env:PARC_PERMISSION_SET) { $env:PARC_PERMISSION_SET } else { 'recommended' } }
if ($Remove) { $Set = 'none'; $exact = $true }
if ($Principal -notmatch $objectId) { Stop-Misused '-Principal must be the object id of the identity' }
if ($Previous -and $Previous -notmatch $objectId) { Stop-Misused '-Previous must be the object id of an identity' }
if ($Set -notin 'core', 'recommended', 'optional', 'none') {
    Stop-Misused "the set $Set is none of core, recommended, optional, none"
}
if ($App -and $App -notmatch '^/subscriptions/[0-9a-f-]+/resourceGroups/[-a-z0-9_.()]+/providers/Microsoft\.Web/sites/[a-z0-9-]+$') {
    Stop-Misused '-App must be the resource id of a function app'
}
if ($Elevate -and -not $Azure) { Stop-Misused '-Elevate goes with -Azure' }
if ($Subscriptions -and -not $Azure) { Stop-Misused '-Subscriptions goes with -Azure' }
$wanted = @{
    core        = @('core')
    recommended = @('core', 'recommended')
    optional    = @('core', 'recommended', 'optional')
    none        = @()
}[$Set]

$context = Get-AzContext
if (-not $context) { Stop-Failed "nobody is signed in: run Connect-AzAccount first" }
$tenant = $context.Tenant.Id
$graphHost = $context.Environment.ExtendedProperties['MicrosoftGraphUrl']
if (-not $graphHost) { Stop-Failed 'Az.Accounts does not know Microsoft Graph of this cloud: update it' }
$graph = $graphHost.TrimEnd('/') + '/v1.0'
$arm = $context.Environment.ResourceManagerUrl.TrimEnd('/')
$script:changes = 0
$script:refused = 0
$script:granted = $false
$pause = if ($env:PARC_RETRY_SECONDS) { [int] $env:PARC_RETRY_SECONDS } else { 15 }

# sends a request, and gives the answer's body; what is refused throws, and its status stays in $script:status
$script:status = 0
function Send-Request {
    param([string] $Method, [string] $Uri, [hashtable] $Body)

    $request = @{ Method = $Method; Uri = $Uri }
    if ($Body) { $request.Payload = ConvertTo-Json -InputObject $Body -Depth 5 -Compress }
    $script:status = 0
    $answer = Invoke-AzRestMethod @request
    $script:status = $answer.StatusCode
    if ($answer.StatusCode -lt 200 -or $answer.StatusCode -ge 300) {
        $said = "$($answer.StatusCode) $($answer.Content)" -replace '\s+', ' '
        throw $said.Substring(0, [Math]::Min(300, $said.Length))
    }
    if ($answer.Content) { ConvertFrom-Json -InputObject $answer.Content }
}

function Write-Done {
    param([string] $What)

    $script:changes++
    Write-Output $What
}

function Write-Refused {
    param([string] $What, [string] $Words)

    $script:refused++
    Write-Output "REFUSED      ${What}: $Words"
}

# a new identity takes up to two minutes until Microsoft Graph knows it, and is a bad request to a part of it until then
$script:patience = 8
function Invoke-Known {
    param([scriptblock] $Action)

    while ($true) {
        try { return & $Action }
        catch {
            if ($script:status -notin 400, 404 -or "$_" -like '*already exists*' -or $script:patience -le 0) { throw }
            $script:patience--
            [Console]::Out.WriteLine('waiting      until Microsoft Graph knows the identity')
            Start-Sleep -Seconds $pause
        }
    }
}

# raising takes effect within minutes, so what is refused right after it is tried again; what is not there is not
$script:tries = 1
function Invoke-Again {
    param([string] $What, [scriptblock] $Action)

    for ($left = $script:tries; ; $left--) {
        try { return & $Action }
        catch {
            if ($left -le 1 -or $script:status -eq 404) { throw }
            [Console]::Out.WriteLine("waiting      for the raised access, then $What again")
            Start-Sleep -Seconds $pause
        }
    }
}

# paths of the assignments of a role to a principal exactly at a scope
function Get-Assignment {
    param([string] $Scope, [string] $Of, [string] $Role)

    $at = $Scope.TrimEnd('/')
    $filter = [uri]::EscapeDataString("principalId eq '$Of'")
    $answer = Send-Request GET "$arm$at/providers/Microsoft.Authorization/roleAssignments?$armVersion&`$filter=$filter"
    $answer.value | Where-Object { $_.properties.scope -eq $Scope -and $_.properties.roleDefinitionId -like "*$Role" } |
        ForEach-Object { $_.id }
}

# --- permissions of Microsoft Graph

$list = Get-Content -Raw -Encoding UTF8 (Join-Path $PSScriptRoot 'graph-app-roles.json') | ConvertFrom-Json
$there = $true
$look = { Send-Request GET "$graph/servicePrincipals/$($Principal)?`$select=displayName" }
try { $identity = if ($Remove) { & $look } else { Invoke-Known $look } }
catch {
    if ($script:status -eq 404 -and $Remove) {
        $there = $false
        Write-Output "gone         the identity $Principal, and with it what it was granted in Microsoft Graph"
    }
    elseif ($script:status -eq 404) {
        Stop-Failed ("no identity $Principal in tenant $tenant, also after two minutes. Look at the id, and whether you are " +
            "signed in to the right tenant: $_")
    }
    else { Stop-Failed "the identity $Principal in tenant $tenant cannot be read: $_" }
}

function Get-Held {
    param([string] $Of)

    @((Send-Request GET "$graph/servicePrincipals/$Of/appRoleAssignments?`$top=999").value |
            Where-Object { $_.resourceId -eq $script:graphId })
}

function Add-Permission {
    param([string] $Name, [string] $Id)

    if ($DryRun) { Write-Done "would grant  $Name"; return }
    try {
        $null = Invoke-Known {
            Send-Request POST "$graph/servicePrincipals/$Principal/appRoleAssignments" @{
                principalId = $Principal
                resourceId  = $script:graphId
                appRoleId   = $Id
            }
        }
        $script:granted = $true
        Write-Done "granted      $Name"
    }
    catch {
        if ("$_" -like '*already exists*') { $script:granted = $true; Write-Output "held         $Name" }
        else { Write-Refused "granting $Name" "$_" }
    }
}

function Remove-Permission {
    param([string] $Name, [string] $Assignment)

    if ($DryRun) { Write-Done "would revoke $Name"; return }
    try { $null = Send-Request DELETE "$graph/servicePrincipals/$Principal/appRoleAssignments/$Assignment" }
    catch { if ($script:status -ne 404) { Write-Refused "revoking $Name" "$_"; return } }
    Write-Done "revoked      $Name"
}

if ($there) {
    try { $microsoftGraph = Send-Request GET "$graph/servicePrincipals(appId='$graphApp')?`$select=id,appRoles" }
    catch { Stop-Failed "the permissions of Microsoft Graph in this tenant cannot be read: $_" }
    $script:graphId = $microsoftGraph.id
    $extent = if ($exact) { "exactly the set $Set" } else { "at least the set $Set" }
    Write-Output "Identity $($identity.displayName) ($Principal) in tenant ${tenant}: $extent"
    try { $held = Get-Held $Principal } catch { Stop-Failed "what the identity holds cannot be read: $_" }
    $ofPrevious = @()
    if ($Previous -and $Previous -ne $Principal -and -not $Remove) {
        try { $ofPrevious = @(Get-Held $Previous | ForEach-Object { $_.appRoleId }) }
        catch { if ($script:status -ne 404) { Write-Refused 'reading what the identity before held' "$_" } }
    }
    $ours = @()
    # core first: if something is refused, what most items need is there
    foreach ($tier in 'core', 'recommended', 'optional') {
        foreach ($role in $list | Where-Object { $_.set -eq $tier }) {
            $id = $microsoftGraph.appRoles | Where-Object { $_.value -eq $role.value } | Select-Object -First 1 -ExpandProperty id
            if (-not $id) {
                if ($tier -in $wanted) { Write-Output "not here     $($role.value), which Microsoft Graph of this cloud does not have" }
                continue
            }
            if ($id -ne $role.id) { Write-Output "note         $($role.value) has another id here than in the list: $id" }
            $ours += $id
            $assignment = $held | Where-Object { $_.appRoleId -eq $id } | Select-Object -First 1
            if ($tier -in $wanted) { if ($assignment) { $script:granted = $true } else { Add-Permission $role.value $id } }
            elseif ($assignment) { if ($exact) { Remove-Permission $role.value $assignment.id } else { $script:granted = $true } }
            elseif ($id -in $ofPrevious) { Add-Permission $role.value $id }
        }
    }
    if (-not $ours) { Stop-Failed 'the list holds no permission that this tenant knows' }
    foreach ($other in $held | Where-Object { $_.appRoleId -notin $ours }) {
        $what = "the app role $($other.appRoleId), which PARC does not ask for"
        if ($RevokeOthers) { Remove-Permission $what $other.id }
        else { Write-Output "left alone   $what (-RevokeOthers takes it back)" }
    }
}

# an app that was never told asks nothing, so that no token from before the grant is kept
$untold = $false
$told = $false
if ($there -and -not $Remove -and -not $DryRun -and $App -and $script:granted) {
    try {
        $settings = (Send-Request POST "$arm$App/config/appsettings/list?api-version=2024-11-01").properties
        $waits = $settings.PSObject.Properties['PARC_GRAPH_GRANTED']
        if ($waits -and $waits.Value -eq 'false') {
            $all = @{}
            foreach ($setting in $settings.PSObject.Properties) { $all[$setting.Name] = $setting.Value }
            $all.PARC_GRAPH_GRANTED = 'true'
            $null = Send-Request PUT "$arm$App/config/appsettings?api-version=2024-11-01" @{ properties = $all }
            $told = $true
            Write-Output 'told         PARC that it may ask Microsoft Graph'
        }
    }
    catch {
        $untold = $true
        Write-Output "REFUSED      telling PARC that it may ask Microsoft Graph: $_"
    }
}

# --- Reader in Azure

# whether there is such a scope
function Set-Reader {
    param([string] $Scope)

    try { $existing = @(Invoke-Again 'looking' { Get-Assignment $Scope $Principal $reader }) }
    catch {
        if ($script:status -eq 404) { $script:scopeFound = $false; return }
        Write-Refused "reading the assignments at $Scope; a Global Administrator may add -Elevate" "$_"
        return
    }
    if ($Remove) {
        foreach ($assignment in $existing) {
            if ($DryRun) { Write-Done "would remove Reader at $Scope"; continue }
            try { $null = Invoke-Again 'removing' { Send-Request DELETE "$arm$($assignment)?$armVersion" } }
            catch { if ($script:status -ne 404) { Write-Refused "removing Reader at $Scope" "$_"; continue } }
            Write-Done "removed      Reader at $Scope"
        }
        return
    }
    if ($existing.Count -gt 0) { return }
    if ($DryRun) { Write-Done "would assign Reader at $Scope"; return }
    $name = [guid]::NewGuid()
    try {
        $null = Invoke-Again 'assigning' {
            Send-Request PUT "$arm$Scope/providers/Microsoft.Authorization/roleAssignments/$($name)?$armVersion" @{
                properties = @{
                    roleDefinitionId = "/providers/Microsoft.Authorization/roleDefinitions/$reader"
                    principalId      = $Principal
                    principalType    = 'ServicePrincipal'
                }
            }
        }
        Write-Done "assigned     Reader at $Scope"
    }
    catch {
        Write-Refused ("Reader at $Scope; it needs User Access Administrator there, and a Global Administrator may add " +
            '-Elevate') "$_"
    }
}

$failure = ''
if ($Azure) {
    $raised = $false
    try {
        if ($Elevate) {
            try { $me = (Send-Request GET "$graph/me?`$select=id").id } catch { throw 'only a person can raise their access' }
            $before = $null
            try { $before = Get-Assignment '/' $me $accessAdministrator } catch { Write-Verbose "not raised before: $_" }
            if ($before) {
                Write-Output 'left alone   your access to all of Azure, which you had before'
            }
            elseif ($DryRun) {
                Write-Output 'would raise  your access to all of Azure, and lower it again at the end'
            }
            else {
                # also undone if the answer is lost: then nobody knows whether it was raised
                $raised = $true
                try { $null = Send-Request POST "$arm/providers/Microsoft.Authorization/elevateAccess?api-version=2015-07-01" }
                catch {
                    if ($script:status -ge 400 -and $script:status -lt 500) { $raised = $false }
                    throw "raising your access failed; it needs Global Administrator: $_"
                }
                $script:tries = 20
                Write-Output 'raised       your access to all of Azure; it is lowered again at the end'
                $null = Invoke-Again 'looking for it' {
                    if (-not (Get-Assignment '/' $me $accessAdministrator)) { throw 'the raised access cannot be seen' }
                }
            }
        }
        $script:scopeFound = $true
        Set-Reader "/providers/Microsoft.Management/managementGroups/$tenant"
        if (-not $script:scopeFound) {
            if ($Subscriptions) {
                Write-Output 'not here     a tenant root group: nobody has used management groups yet; each subscription instead'
                try {
                    foreach ($subscription in (Send-Request GET "$arm/subscriptions?api-version=2022-12-01").value) {
                        Set-Reader "/subscriptions/$($subscription.subscriptionId)"
                    }
                }
                catch { Write-Refused 'reading the subscriptions' "$_" }
            }
            else {
                Write-Output 'not here     a tenant root group: nobody has used management groups yet. Open Management groups in the portal once and'
                Write-Output '             select Start using management groups; or run this again with -Subscriptions, and again for each new one'
            }
        }
        Set-Reader '/providers/Microsoft.aadiam'
    }
    catch { $failure = "$_" }
    finally {
        if ($raised) {
            try {
                $own = Invoke-Again 'looking for it' {
                    $found = Get-Assignment '/' $me $accessAdministrator
                    if (-not $found) { throw 'the raised access cannot be seen' }
                    $found
                }
                foreach ($assignment in @($own)) {
                    $null = Invoke-Again 'lowering it' { Send-Request DELETE "$arm$($assignment)?$armVersion" }
                }
                Write-Output 'lowered      your access to all of Azure'
            }
            catch {
                $failure = ("YOU ARE STILL User Access Administrator of all of Azure. Undo it now: " +
                    "Remove-AzRoleAssignment -Scope / -RoleDefinitionName 'User Access Administrator' -ObjectId $me")
            }
        }
    }
}
if ($failure) { Stop-Failed $failure }

# --- what came of it

if ($script:changes -eq 0 -and $script:refused -eq 0 -and -not $untold -and -not $told) {
    Write-Output 'Nothing to change.'
}
elseif (-not $DryRun -and $Remove) {
    Write-Output ("Done: $($script:changes) taken back. A token that PARC holds already may still read until it ends, at most a " +
        'day; stop the app to be sure.')
}
elseif ($told) {
    Write-Output "Done: $($script:changes). PARC has asked Microsoft Graph nothing before, so this counts from its next run on."
}
elseif (-not $DryRun -and $script:changes -gt 0) {
    Write-Output ("Done: $($script:changes). PARC gets new permissions with its next token, at most a day from now; " +
        'GET /api/health?deep=true says when.')
}
if ($script:refused -gt 0) {
    Write-Output "Refused: $($script:refused). Ask a Privileged Role Administrator or Global Administrator to run:"
    $line = "infra/Grant-Permissions.ps1 -Principal $Principal"
    if ($Remove) { $line += ' -Remove' } elseif ($exact) { $line += " -Set $Set" }
    if ($Previous) { $line += " -Previous $Previous" }
    if ($Azure) { $line += ' -Azure -Elevate' }
    if ($App -and -not $Remove -and -not $script:granted) { $line += " -App $App" }
    Write-Output "  $line"
}
if ($untold) {
    Write-Output 'PARC does not know yet that it may ask Microsoft Graph. Whoever may change the function app runs:'
    Write-Output "  az functionapp config appsettings set --ids $App --settings PARC_GRAPH_GRANTED=true"
}
if ($script:refused -gt 0 -or $untold) { exit 1 }
