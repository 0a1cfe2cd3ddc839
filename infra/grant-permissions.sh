#!/bin/sh
# Grants the identity of PARC what it reads with, by the Azure CLI. Says what it does and changes only what differs. It adds; it
# takes back only with an explicit --set or --remove. What is refused does not end it: it goes on, and sums up.
set -eu

graph_app=00000003-0000-0000-c000-000000000000
reader=acdd72a7-3385-48ef-bd42-f606fba81ae7
access_administrator=18d7d88d-d35e-4fb5-a5c3-7773c20a72d9
arm_version=api-version=2022-04-01
list=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/graph-app-roles.json

usage() {
    cat <<END
usage: grant-permissions.sh [options]

  --principal ID   object id of the function app's identity; default: PARC_PRINCIPAL_ID
  --set SET        core, recommended, optional or none; each holds the ones before it. What is granted beyond the set is
                   revoked. Without --set nothing is revoked, and PARC_PERMISSION_SET, else recommended, is added
  --previous ID    the identity that PARC had before: what it holds is granted to --principal too;
                   default: PARC_PREVIOUS_PRINCIPAL_ID
  --app ID         resource id of the function app, which is told that it may ask Microsoft Graph, if it waits for that;
                   default: PARC_APP_ID
  --azure          also the two Reader assignments in Azure: tenant root group, and Entra diagnostic settings
  --subscriptions  with --azure: Reader on every subscription that you see, where there is no tenant root group
  --elevate        with --azure: raise yourself to User Access Administrator of all Azure for it, and undo that at the end
  --remove         take everything back: --set none, and with --azure the Reader assignments
  --revoke-others  also revoke permissions of Microsoft Graph that are not on PARC's list
  --dry-run        only say what would be done

The permissions need Privileged Role Administrator or Global Administrator; --elevate needs Global Administrator.
END
}

say() { printf '%s\n' "$1"; }
fail() {
    printf 'grant-permissions: %s\n' "$1" >&2
    exit 1
}
misused() {
    printf 'grant-permissions: %s\n' "$1" >&2
    usage >&2
    exit 2
}

principal=${PARC_PRINCIPAL_ID:-}
previous=${PARC_PREVIOUS_PRINCIPAL_ID:-}
app=${PARC_APP_ID:-}
set=${PARC_PERMISSION_SET:-recommended}
exact=false
azure=false
subscriptions=false
elevate=false
remove=false
others=false
dry=false
while [ $# -gt 0 ]; do
    case $1 in
        --principal | --set | --previous | --app)
            [ $# -ge 2 ] || misused "$1 needs a value"
            case $1 in
                --principal) principal=$2 ;;
                --previous) previous=$2 ;;
                --app) app=$2 ;;
                --set)
                    set=$2
                    exact=true
                    ;;
            esac
            shift
            ;;
        --azure) azure=true ;;
        --subscriptions) subscriptions=true ;;
        --elevate) elevate=true ;;
        --remove) remove=true ;;
        --revoke-others) others=true ;;
        --dry-run) dry=true ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) misused "there is no option $1" ;;
    esac
    shift
done
if $remove; then
    set=none
    exact=true
fi
case $set in
    core) wanted_sets='core' ;;
    recommended) wanted_sets='core recommended' ;;
    optional) wanted_sets='core recommended optional' ;;
    none) wanted_sets='' ;;
    *) misused "the set $set is none of core, recommended, optional, none" ;;
esac
is_id() { printf '%s' "$1" | grep -Eqi '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'; }
is_id "$principal" || misused "--principal must be the object id of the identity"
[ -z "$previous" ] || is_id "$previous" || misused "--previous must be the object id of an identity"
is_app() { printf '%s' "$1" | grep -Eqi '^/subscriptions/[0-9a-f-]+/resourceGroups/[-a-z0-9_.()]+/providers/Microsoft\.Web/sites/[a-z0-9-]+$'; }
[ -z "$app" ] || is_app "$app" ||
    misused "--app must be the resource id of a function app"
if $elevate && ! $azure; then misused "--elevate goes with --azure"; fi
if $subscriptions && ! $azure; then misused "--subscriptions goes with --azure"; fi
[ -r "$list" ] || fail "$list is missing"
command -v az >/dev/null || fail "needs the Azure CLI: https://learn.microsoft.com/cli/azure/install-azure-cli"
tenant=$(az account show --query tenantId -o tsv 2>/dev/null) || fail "nobody is signed in: run 'az login' first"
graph=$(az cloud show --query endpoints.microsoftGraphResourceId -o tsv)
arm=$(az cloud show --query endpoints.resourceManager -o tsv)
graph=${graph%/}/v1.0
arm=${arm%/}

scratch=$(mktemp -d)
ended() {
    status=$?
    trap - EXIT
    rm -rf "$scratch"
    exit "$status"
}
trap ended EXIT
trap 'exit 130' HUP INT TERM

# what the service said when it refused; one line
words() { tr '\n\r' '  ' <"$scratch/error" | cut -c 1-300; }
get() { az rest --method get --url "$1" --query "$2" -o tsv </dev/null 2>"$scratch/error"; }
change() { az rest "$@" -o none </dev/null 2>"$scratch/error"; }
is_gone() { grep -Eiq 'not ?found|does not exist|(^|[^0-9a-f-])404([^0-9a-f-]|$)' "$scratch/error"; }
# an identity that is new to a part of Microsoft Graph is a bad request there
is_young() {
    ! grep -q 'already exists' "$scratch/error" &&
        { is_gone || grep -Eiq 'bad ?request|(^|[^0-9a-f-])400([^0-9a-f-]|$)' "$scratch/error"; }
}
lower() { tr '[:upper:]' '[:lower:]'; }
new_guid() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n' |
        sed 's/\(........\)\(....\).\(...\).\(...\)\(............\)/\1-\2-4\3-8\4-\5/'
}

changes=0
refused=0
refuse() { # what was refused
    refused=$((refused + 1))
    say "REFUSED      $1: $(words)"
}

# a new identity takes up to two minutes until Microsoft Graph knows it
patience=8
known() { # command...
    until "$@"; do
        is_young || return 1
        [ "$patience" -gt 0 ] || return 1
        patience=$((patience - 1))
        say "waiting      until Microsoft Graph knows the identity"
        sleep "${PARC_RETRY_SECONDS:-15}"
    done
}

# --- permissions of Microsoft Graph ----------------------------------------------------------------------------------

look_up() { name=$(get "$graph/servicePrincipals/$principal?\$select=displayName" displayName); }
there=true
if ! { if $remove; then look_up; else known look_up; fi; }; then
    if is_gone && $remove; then
        there=false
        say "gone         the identity $principal, and with it what it was granted in Microsoft Graph"
    elif is_gone; then
        fail "no identity $principal in tenant $tenant, also after two minutes. Look at the id, and whether you are signed in to the right tenant: $(words)"
    else
        fail "the identity $principal in tenant $tenant cannot be read: $(words)"
    fi
fi

# the ids of permissions are those of this tenant's cloud, by name; the list has them for those who cannot ask
ids_of_tenant() {
    graph_id=$(get "$graph/servicePrincipals(appId='$graph_app')?\$select=id" id) || return 1
    get "$graph/servicePrincipals(appId='$graph_app')?\$select=appRoles" 'appRoles[].[value,id]' >"$scratch/roles"
}

held_by() { # object id: what it holds in Microsoft Graph, an app role and the id of its assignment a line
    get "$graph/servicePrincipals/$1/appRoleAssignments?\$top=999" 'value[].[resourceId,appRoleId,id]' >"$scratch/held" || return 1
    awk -v graph="$graph_id" '$1 == graph { print $2, $3 }' "$scratch/held"
}

grant() { # name, id of the app role
    if $dry; then
        changes=$((changes + 1))
        say "would grant  $1"
    elif known change --method post --url "$graph/servicePrincipals/$principal/appRoleAssignments" --body \
        "{\"principalId\":\"$principal\",\"resourceId\":\"$graph_id\",\"appRoleId\":\"$2\"}"; then
        changes=$((changes + 1))
        granted=true
        say "granted      $1"
    elif grep -q 'already exists' "$scratch/error"; then
        granted=true
        say "held         $1"
    else
        refuse "granting $1"
        missing="$missing $1"
    fi
}

revoke() { # name, id of the assignment
    if $dry; then
        changes=$((changes + 1))
        say "would revoke $1"
    elif change --method delete --url "$graph/servicePrincipals/$principal/appRoleAssignments/$2" || is_gone; then
        changes=$((changes + 1))
        say "revoked      $1"
    else
        refuse "revoking $1"
    fi
}

missing=''
granted=false
if $there; then
    ids_of_tenant || fail "the permissions of Microsoft Graph in this tenant cannot be read: $(words)"
    if $exact; then what="exactly the set $set"; else what="at least the set $set"; fi
    say "Identity $name ($principal) in tenant $tenant: $what"
    held=$(held_by "$principal") || fail "what the identity holds cannot be read: $(words)"
    of_previous=''
    if [ -n "$previous" ] && [ "$previous" != "$principal" ] && ! $remove; then
        of_previous=$(held_by "$previous") || if is_gone; then of_previous=''; else refuse "reading what the identity before held"; fi
    fi
    assignment_of() { printf '%s\n' "$held" | awk -v role="$1" '$1 == role { print $2; exit }'; }
    # core first: if something is refused, what most items need is there
    for tier in core recommended optional; do
        sed -n "s/.*\"value\": \"\\([^\"]*\\)\", \"id\": \"\\([^\"]*\\)\", \"set\": \"$tier\".*/\\1 \\2/p" "$list" >"$scratch/tier"
        while read -r value listed; do
            id=$(awk -v value="$value" '$1 == value { print $2; exit }' "$scratch/roles")
            if [ -z "$id" ]; then
                case " $wanted_sets " in *" $tier "*) say "not here     $value, which Microsoft Graph of this cloud does not have" ;; esac
                continue
            fi
            [ "$id" = "$listed" ] || say "note         $value has another id here than in the list: $id"
            printf '%s\n' "$id" >>"$scratch/ours"
            assignment=$(assignment_of "$id")
            case " $wanted_sets " in
                *" $tier "*) if [ -n "$assignment" ]; then granted=true; else grant "$value" "$id"; fi ;;
                *)
                    if [ -n "$assignment" ]; then
                        if $exact; then revoke "$value" "$assignment"; else granted=true; fi
                    elif printf '%s\n' "$of_previous" | grep -q "^$id "; then
                        grant "$value" "$id"
                    fi
                    ;;
            esac
        done <"$scratch/tier"
    done
    [ -s "$scratch/ours" ] || fail "$list holds no permission that this tenant knows"
    printf '%s\n' "$held" >"$scratch/held"
    while read -r id assignment; do
        if [ -z "$id" ] || grep -q "^$id\$" "$scratch/ours"; then
            continue
        elif $others; then
            revoke "the app role $id, which PARC does not ask for" "$assignment"
        else
            say "left alone   the app role $id, which PARC does not ask for (--revoke-others takes it back)"
        fi
    done <"$scratch/held"
fi

# an app that was never told asks nothing, so that no token from before the grant is kept
tell() {
    waits=$(az rest --method post --url "$arm$app/config/appsettings/list?api-version=2024-11-01" \
        --query properties.PARC_GRAPH_GRANTED -o tsv </dev/null 2>"$scratch/error") &&
        case $waits in
            [Ff]alse) az functionapp config appsettings set --ids "$app" --settings PARC_GRAPH_GRANTED=true -o none </dev/null 2>"$scratch/error" ;;
            *) return 0 ;;
        esac && {
        told=true
        say "told         PARC that it may ask Microsoft Graph"
    }
}
untold=false
told=false
if $there && ! $remove && ! $dry && [ -n "$app" ] && $granted; then
    tell || {
        untold=true
        say "REFUSED      telling PARC that it may ask Microsoft Graph: $(words)"
    }
fi

# --- Reader in Azure -------------------------------------------------------------------------------------------------

# ids of the assignments of a role to a principal exactly at a scope
assigned() { # scope, principal, role
    at=$1
    [ "$at" != / ] || at=''
    get "$arm$at/providers/Microsoft.Authorization/roleAssignments?$arm_version&\$filter=principalId%20eq%20'$2'" \
        'value[].[properties.scope,properties.roleDefinitionId,id]' >"$scratch/assigned" || return 1
    lower <"$scratch/assigned" | awk -v scope="$(printf '%s' "$1" | lower)" -v role="$3" \
        '$1 == scope && substr($2, length($2) - 35) == role { print $3 }'
}

# raising takes effect within minutes, so what is refused right after it is tried again; what is not there is not
tries=1
again() { # what, command...
    what=$1
    shift
    left=$tries
    until "$@"; do
        ! is_gone || return 1
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        say "waiting      for the raised access, then $what again"
        sleep "${PARC_RETRY_SECONDS:-15}"
    done
}

raised=false
raised_id=''
find_raised() {
    raised_id=$(assigned / "$me" "$access_administrator") && [ -n "$raised_id" ]
}
lower_again() {
    status=$?
    trap - EXIT
    if $raised; then
        if [ -n "$raised_id" ] || again "looking for it" find_raised &&
            again "lowering it" change --method delete --url "$arm$raised_id?$arm_version"; then
            say "lowered      your access to all of Azure"
        else
            printf '%s\n' "grant-permissions: YOU ARE STILL User Access Administrator of all of Azure. Undo it now:" \
                "  az role assignment delete --role 'User Access Administrator' --scope / --assignee $me" >&2
            status=1
        fi
    fi
    rm -rf "$scratch"
    exit "$status"
}

raise() {
    me=$(get "$graph/me?\$select=id" id) || fail "only a person can raise their access"
    if find_raised; then
        raised_id=''
        say "left alone   your access to all of Azure, which you had before"
        return
    fi
    if $dry; then
        say "would raise  your access to all of Azure, and lower it again at the end"
        return
    fi
    trap lower_again EXIT
    change --method post --url "$arm/providers/Microsoft.Authorization/elevateAccess?api-version=2015-07-01" || {
        # an answer that is lost does not mean that nothing was done
        if find_raised; then raised=true; fi
        fail "raising your access failed; it needs Global Administrator: $(words)"
    }
    raised=true
    tries=20
    say "raised       your access to all of Azure; it is lowered again at the end"
    again "looking for it" find_raised || fail "the raised access cannot be seen"
}

read_at() { # scope; 2 if there is no such scope
    look() { existing=$(assigned "$1" "$principal" "$reader"); }
    if ! again "looking" look "$1"; then
        if is_gone; then return 2; fi
        refuse "reading the assignments at $1; a Global Administrator may add --elevate"
        return 0
    fi
    if $remove; then
        for assignment in $existing; do
            if $dry; then
                changes=$((changes + 1))
                say "would remove Reader at $1"
            elif again "removing" change --method delete --url "$arm$assignment?$arm_version" || is_gone; then
                changes=$((changes + 1))
                say "removed      Reader at $1"
            else
                refuse "removing Reader at $1"
            fi
        done
        return 0
    fi
    [ -z "$existing" ] || return 0
    if $dry; then
        changes=$((changes + 1))
        say "would assign Reader at $1"
        return 0
    fi
    definition=/providers/Microsoft.Authorization/roleDefinitions/$reader
    if again "assigning" change --method put \
        --url "$arm$1/providers/Microsoft.Authorization/roleAssignments/$(new_guid)?$arm_version" --body \
        "{\"properties\":{\"roleDefinitionId\":\"$definition\",\"principalId\":\"$principal\",\"principalType\":\"ServicePrincipal\"}}"; then
        changes=$((changes + 1))
        say "assigned     Reader at $1"
    else
        refuse "Reader at $1; it needs User Access Administrator there, and a Global Administrator may add --elevate"
    fi
}

if $azure; then
    if $elevate; then raise; fi
    root=/providers/Microsoft.Management/managementGroups/$tenant
    if read_at "$root"; then
        :
    elif $subscriptions; then
        say "not here     a tenant root group: nobody has used management groups yet; each subscription instead"
        get "$arm/subscriptions?api-version=2022-12-01" 'value[].[subscriptionId]' >"$scratch/subscriptions" ||
            refuse "reading the subscriptions"
        while read -r subscription; do
            [ -z "$subscription" ] || read_at "/subscriptions/$subscription" || refuse "Reader at /subscriptions/$subscription"
        done <"$scratch/subscriptions"
    else
        say "not here     a tenant root group: nobody has used management groups yet. Open Management groups in the portal once and"
        say "             select Start using management groups; or run this again with --subscriptions, and again for each new one"
    fi
    read_at /providers/Microsoft.aadiam || refuse "Reader at /providers/Microsoft.aadiam"
fi

# --- what came of it -------------------------------------------------------------------------------------------------

if [ "$changes" -eq 0 ] && [ "$refused" -eq 0 ] && ! $untold && ! $told; then
    say "Nothing to change."
elif ! $dry && $remove; then
    say "Done: $changes taken back. A token that PARC holds already may still read until it ends, at most a day; stop the app to be sure."
elif $told; then
    say "Done: $changes. PARC has asked Microsoft Graph nothing before, so this counts from its next run on."
elif ! $dry && [ "$changes" -gt 0 ]; then
    say "Done: $changes. PARC gets new permissions with its next token, at most a day from now; GET /api/health?deep=true says when."
fi
if [ "$refused" -gt 0 ]; then
    say "Refused: $refused. Ask a Privileged Role Administrator or Global Administrator to run:"
    line="infra/grant-permissions.sh --principal $principal"
    if $exact; then line="$line --set $set"; fi
    if $remove; then line="infra/grant-permissions.sh --principal $principal --remove"; fi
    if [ -n "$previous" ]; then line="$line --previous $previous"; fi
    if $azure; then line="$line --azure --elevate"; fi
    if [ -n "$app" ] && ! $remove && ! $granted; then line="$line --app $app"; fi
    say "  $line"
fi
if $untold; then
    say "PARC does not know yet that it may ask Microsoft Graph. Whoever may change the function app runs:"
    say "  az functionapp config appsettings set --ids $app --settings PARC_GRAPH_GRANTED=true"
fi
if [ "$refused" -gt 0 ] || $untold; then exit 1; fi
