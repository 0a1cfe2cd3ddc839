<#
.SYNOPSIS
Grants the identity of PARC what it reads with, by Azure PowerShell; the same as grant-permissions.sh.

.DESCRIPTION
Says what it does, changes only what differs, and takes back what a smaller set no longer holds. Sign in with
Connect-AzAccount first. The permissions need Privileged Role Administrator or Global Administrator; -Elevate needs Global
Administrator.

.PARAMETER Principal
Object id of the function app's identity.

.PARAMETER Set
core, recommended, optional or none; each holds the ones before it. What is granted beyond the set is revoked.

.PARAMETER Azure
Also the two Reader assignments in Azure: tenant root group, and Entra diagnostic settings.

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
    [ValidatePattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')]
    [string] $Principal = $env:PARC_PRINCIPAL_ID,

    [ValidateSet('core', 'recommended', 'optional', 'none')]
    [string] $Set = $(if ($env:PARC_PERMISSION_SET) { $env:PARC_PERMISSION_SET } else { 'recommended' }),

    [switch] $Azure,
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

if (-not $Principal) { throw 'Name the object id of the identity: -Principal, or PARC_PRINCIPAL_ID' }
# what comes from the environment was not validated with the parameters, and an unknown set would revoke everything
if ($Principal -notmatch '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$') { throw "$Principal is no object id" }
if ($Set -notin 'core', 'recommended', 'optional', 'none') {
    throw "The set $Set is none of core, recommended, optional, none"
}
if ($Elevate -and -not $Azure) { throw '-Elevate goes with -Azure' }
if ($Remove) { $Set = 'none' }
$wanted = @{
    core        = @('core')
    recommended = @('core', 'recommended')
    optional    = @('core', 'recommended', 'optional')
    none        = @()
}[$Set]

$context = Get-AzContext
if (-not $context) { throw "Nobody is signed in: run Connect-AzAccount first" }
$tenant = $context.Tenant.Id
$graphHost = $context.Environment.ExtendedProperties['MicrosoftGraphUrl']
if (-not $graphHost) { throw 'Az.Accounts does not know Microsoft Graph of this cloud: update it' }
$graph = $graphHost.TrimEnd('/') + '/v1.0'
$arm = $context.Environment.ResourceManagerUrl.TrimEnd('/')
$script:changes = 0

# sends a request, and gives the answer's body; what is refused throws
function Send-Request {
    param([string] $Method, [string] $Uri, [hashtable] $Body)

    $request = @{ Method = $Method; Uri = $Uri }
    if ($Body) { $request.Payload = ConvertTo-Json -InputObject $Body -Depth 5 -Compress }
    $answer = Invoke-AzRestMethod @request
    if ($answer.StatusCode -lt 200 -or $answer.StatusCode -ge 300) {
        throw "refused with $($answer.StatusCode): $Method $Uri`n$($answer.Content)"
    }
    if ($answer.Content) { ConvertFrom-Json -InputObject $answer.Content }
}

function Write-Line {
    param([string] $Done, [string] $Intended, [string] $What)

    $script:changes++
    if ($DryRun) { Write-Output "would $Intended $What" } else { Write-Output "$Done $What" }
}

# raising takes effect within minutes, so what is refused right after it is tried again
$script:tries = 1
function Invoke-Again {
    param([scriptblock] $Action)

    for ($left = $script:tries; ; $left--) {
        try { return & $Action }
        catch {
            if ($left -le 1) { throw }
            Write-Verbose 'waiting for the raised access'
            Start-Sleep -Seconds 15
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

$appRoles = Get-Content -Raw (Join-Path $PSScriptRoot 'graph-app-roles.json') | ConvertFrom-Json
$identity = Send-Request GET "$graph/servicePrincipals/$($Principal)?`$select=displayName"
Write-Output "Identity $($identity.displayName) ($Principal) in tenant $tenant, set $Set"
$graphId = (Send-Request GET "$graph/servicePrincipals(appId='$graphApp')?`$select=id").id
$assignments = "$graph/servicePrincipals/$Principal/appRoleAssignments"
$held = @((Send-Request GET "$($assignments)?`$top=999").value | Where-Object { $_.resourceId -eq $graphId })

try {
    foreach ($role in $appRoles) {
        $assignment = $held | Where-Object { $_.appRoleId -eq $role.id }
        if ($role.set -in $wanted -and -not $assignment) {
            if (-not $DryRun) {
                $null = Send-Request POST $assignments @{
                    principalId = $Principal
                    resourceId  = $graphId
                    appRoleId   = $role.id
                }
            }
            Write-Line 'granted' 'grant' $role.value
        }
        elseif ($role.set -notin $wanted -and $assignment) {
            if (-not $DryRun) { $null = Send-Request DELETE "$assignments/$($assignment.id)" }
            Write-Line 'revoked' 'revoke' $role.value
        }
    }
    foreach ($other in $held | Where-Object { $_.appRoleId -notin $appRoles.id }) {
        if ($RevokeOthers) {
            if (-not $DryRun) { $null = Send-Request DELETE "$assignments/$($other.id)" }
            Write-Line 'revoked' 'revoke' "the app role $($other.appRoleId), which PARC does not ask for"
        }
        else {
            Write-Output "left alone the app role $($other.appRoleId), which PARC does not ask for (-RevokeOthers takes it back)"
        }
    }
}
catch {
    Write-Output "Ask a Privileged Role Administrator or Global Administrator to run:"
    Write-Output "  infra/Grant-Permissions.ps1 -Principal $Principal -Set $Set"
    throw
}

# --- Reader in Azure

if ($Azure) {
    $raised = $false
    try {
        if ($Elevate) {
            $me = (Send-Request GET "$graph/me?`$select=id").id
            $before = $null
            try { $before = Get-Assignment '/' $me $accessAdministrator } catch { Write-Verbose "not raised before: $_" }
            if ($before) {
                Write-Output 'left alone your access to all of Azure, which you had before'
            }
            elseif ($DryRun) {
                Write-Output 'would raise your access to all of Azure, and lower it again at the end'
            }
            else {
                # also undone if the answer is lost: then nobody knows whether it was raised
                $raised = $true
                try { $null = Send-Request POST "$arm/providers/Microsoft.Authorization/elevateAccess?api-version=2015-07-01" }
                catch {
                    if ("$_" -like 'refused with 40*') { $raised = $false }
                    throw
                }
                $script:tries = 20
                Write-Output 'raised your access to all of Azure; it is lowered again at the end'
            }
        }
        foreach ($scope in "/providers/Microsoft.Management/managementGroups/$tenant", '/providers/Microsoft.aadiam') {
            $existing = @(Invoke-Again { Get-Assignment $scope $Principal $reader })
            if ($Remove) {
                foreach ($assignment in $existing) {
                    if (-not $DryRun) { $null = Invoke-Again { Send-Request DELETE "$arm$($assignment)?$armVersion" } }
                    Write-Line 'removed' 'remove' "Reader at $scope"
                }
            }
            elseif ($existing.Count -eq 0) {
                if (-not $DryRun) {
                    $name = [guid]::NewGuid()
                    $null = Invoke-Again {
                        Send-Request PUT "$arm$scope/providers/Microsoft.Authorization/roleAssignments/$($name)?$armVersion" @{
                            properties = @{
                                roleDefinitionId = "/providers/Microsoft.Authorization/roleDefinitions/$reader"
                                principalId      = $Principal
                                principalType    = 'ServicePrincipal'
                            }
                        }
                    }
                }
                Write-Line 'assigned' 'assign' "Reader at $scope"
            }
        }
    }
    finally {
        if ($raised) {
            try {
                $own = Invoke-Again {
                    $found = Get-Assignment '/' $me $accessAdministrator
                    if (-not $found) { throw 'the raised access cannot be seen' }
                    $found
                }
                foreach ($assignment in @($own)) {
                    $null = Invoke-Again { Send-Request DELETE "$arm$($assignment)?$armVersion" }
                }
                Write-Output 'lowered your access to all of Azure'
            }
            catch {
                Write-Warning ("YOU ARE STILL User Access Administrator of all of Azure. Undo it now: " +
                    "Remove-AzRoleAssignment -Scope / -RoleDefinitionName 'User Access Administrator' -ObjectId $me")
                throw
            }
        }
    }
}

if ($script:changes -eq 0) {
    Write-Output 'Nothing to change.'
}
elseif (-not $DryRun) {
    Write-Output ("Done: $($script:changes). New permissions reach PARC when its token is renewed, which may take a day; " +
        'restart the app to be sure.')
}
