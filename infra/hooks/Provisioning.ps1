# What the hooks before and after provisioning have in common; they read it in.

function Save-Value {
    param([string] $Name, [AllowEmptyString()] [string] $Value)

    azd env set $Name $Value
    if ($LASTEXITCODE -ne 0) { "note: $Name could not be kept; set it with: azd env set $Name `"$Value`"" }
}

# what az prints as JSON; nothing if it is refused
function Get-Answer {
    $text = az @args -o json 2>$null
    if ($LASTEXITCODE -eq 0 -and $text) { ConvertFrom-Json -InputObject ($text -join "`n") }
}

# whether the app was told that it may ask Microsoft Graph
function Test-MayAskGraph {
    if (-not $env:PARC_APP_ID) { return $false }
    $cloud = Get-Answer cloud show
    if (-not $cloud) { return $false }
    $list = "$($cloud.endpoints.resourceManager.TrimEnd('/'))$env:PARC_APP_ID/config/appsettings/list?api-version=2024-11-01"
    $settings = Get-Answer rest --method post --url $list
    [bool] ($settings -and $settings.properties.PSObject.Properties['PARC_GRAPH_GRANTED'] -and
        $settings.properties.PARC_GRAPH_GRANTED -eq 'true')
}
