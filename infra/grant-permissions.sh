#!/bin/sh
# Grants the identity of PARC what it reads with, by the Azure CLI. Says what it does, changes only what differs, and takes
# back what a smaller set no longer holds.
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
  --set SET        core, recommended, optional or none; default: PARC_PERMISSION_SET, else recommended
                   each holds the ones before it; what is granted beyond the set is revoked
  --azure          also the two Reader assignments in Azure: tenant root group, and Entra diagnostic settings
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
set=${PARC_PERMISSION_SET:-recommended}
azure=false
elevate=false
remove=false
others=false
dry=false
while [ $# -gt 0 ]; do
    case $1 in
        --principal | --set)
            [ $# -ge 2 ] || misused "$1 needs a value"
            if [ "$1" = --principal ]; then principal=$2; else set=$2; fi
            shift
            ;;
        --azure) azure=true ;;
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
if $remove; then set=none; fi
case $set in
    core) wanted_sets='core' ;;
    recommended) wanted_sets='core recommended' ;;
    optional) wanted_sets='core recommended optional' ;;
    none) wanted_sets='' ;;
    *) misused "the set $set is none of core, recommended, optional, none" ;;
esac
printf '%s' "$principal" | grep -Eqi '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' ||
    misused "--principal must be the object id of the identity"
if $elevate && ! $azure; then misused "--elevate goes with --azure"; fi
[ -r "$list" ] || fail "$list is missing"
command -v az >/dev/null || fail "needs the Azure CLI: https://learn.microsoft.com/cli/azure/install-azure-cli"
tenant=$(az account show --query tenantId -o tsv 2>/dev/null) || fail "nobody is signed in: run 'az login' first"
graph=$(az cloud show --query endpoints.microsoftGraphResourceId -o tsv)
arm=$(az cloud show --query endpoints.resourceManager -o tsv)
graph=${graph%/}/v1.0
arm=${arm%/}

get() { az rest --method get --url "$1" --query "$2" -o tsv </dev/null; }
change() { az rest "$@" -o none </dev/null; }
lower() { tr '[:upper:]' '[:lower:]'; }
new_guid() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n' |
        sed 's/\(........\)\(....\).\(...\).\(...\)\(............\)/\1-\2-4\3-8\4-\5/'
}

# --- permissions of Microsoft Graph ----------------------------------------------------------------------------------

# value, id and set of every permission, a line each
app_roles() {
    sed -n 's/.*"value": "\([^"]*\)", "id": "\([^"]*\)", "set": "\([^"]*\)".*/\1 \2 \3/p' "$list"
}

name=$(get "$graph/servicePrincipals/$principal?\$select=displayName" displayName) ||
    fail "no identity $principal in tenant $tenant, or you may not read it"
say "Identity $name ($principal) in tenant $tenant, set $set"
graph_id=$(get "$graph/servicePrincipals(appId='$graph_app')?\$select=id" id)
assignments=$graph/servicePrincipals/$principal/appRoleAssignments
held=$(get "$assignments?\$top=999" 'value[].[resourceId,appRoleId,id]')
held=$(printf '%s\n' "$held" | awk -v graph="$graph_id" '$1 == graph { print $2, $3 }')

changes=0
denied() {
    fail "refused: $1. Ask a Privileged Role Administrator or Global Administrator to run:
  infra/grant-permissions.sh --principal $principal --set $set"
}
assignment_of() { printf '%s\n' "$held" | awk -v role="$1" '$1 == role { print $2 }'; }

grant() { # value, id
    changes=$((changes + 1))
    if $dry; then
        say "would grant  $1"
        return
    fi
    change --method post --url "$assignments" --body \
        "{\"principalId\":\"$principal\",\"resourceId\":\"$graph_id\",\"appRoleId\":\"$2\"}" || denied "granting $1"
    say "granted      $1"
}

revoke() { # name, id of the assignment
    changes=$((changes + 1))
    if $dry; then
        say "would revoke $1"
        return
    fi
    change --method delete --url "$assignments/$2" || denied "revoking $1"
    say "revoked      $1"
}

roles=$(app_roles)
[ -n "$roles" ] || fail "$list holds no permission"
while read -r value id tier; do
    assignment=$(assignment_of "$id")
    case " $wanted_sets " in
        *" $tier "*) [ -n "$assignment" ] || grant "$value" "$id" ;;
        *) [ -z "$assignment" ] || revoke "$value" "$assignment" ;;
    esac
done <<END
$roles
END
while read -r id assignment; do
    if [ -z "$id" ] || printf '%s\n' "$roles" | grep -q " $id "; then
        continue
    elif $others; then
        revoke "the app role $id, which PARC does not ask for" "$assignment"
    else
        say "left alone   the app role $id, which PARC does not ask for (--revoke-others takes it back)"
    fi
done <<END
$held
END

# --- Reader in Azure -------------------------------------------------------------------------------------------------

# ids of the assignments of a role to a principal exactly at a scope
assigned() { # scope, principal, role
    at=$1
    [ "$at" != / ] || at=''
    all=$(get "$arm$at/providers/Microsoft.Authorization/roleAssignments?$arm_version&\$filter=principalId%20eq%20'$2'" \
        'value[].[properties.scope,properties.roleDefinitionId,id]') || return 1
    printf '%s\n' "$all" | lower | awk -v scope="$(printf '%s' "$1" | lower)" -v role="$3" \
        '$1 == scope && substr($2, length($2) - 35) == role { print $3 }'
}

# raising takes effect within minutes, so what is refused right after it is tried again
tries=1
again() { # what, command...
    what=$1
    shift
    left=$tries
    until "$@"; do
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
    exit "$status"
}

raise() {
    me=$(get "$graph/me?\$select=id" id) || fail "only a person can raise their access"
    if find_raised 2>/dev/null; then
        raised_id=''
        say "left alone   your access to all of Azure, which you had before"
        return
    fi
    if $dry; then
        say "would raise  your access to all of Azure, and lower it again at the end"
        return
    fi
    trap lower_again EXIT
    trap 'exit 130' HUP INT TERM
    change --method post --url "$arm/providers/Microsoft.Authorization/elevateAccess?api-version=2015-07-01" || {
        # an answer that is lost does not mean that nothing was done
        if find_raised 2>/dev/null; then raised=true; fi
        fail "raising your access failed; it needs Global Administrator"
    }
    raised=true
    tries=20
    say "raised       your access to all of Azure; it is lowered again at the end"
    again "looking for it" find_raised || fail "the raised access cannot be seen"
}

read_at() { # scope
    look() { existing=$(assigned "$1" "$principal" "$reader"); }
    again "looking" look "$1" ||
        fail "refused: reading the assignments at $1; a Global Administrator may add --elevate"
    if $remove; then
        for assignment in $existing; do
            changes=$((changes + 1))
            if $dry; then
                say "would remove Reader at $1"
            else
                again "removing" change --method delete --url "$arm$assignment?$arm_version" ||
                    fail "refused: removing Reader at $1"
                say "removed      Reader at $1"
            fi
        done
        return
    fi
    [ -z "$existing" ] || return 0
    changes=$((changes + 1))
    if $dry; then
        say "would assign Reader at $1"
        return
    fi
    definition=/providers/Microsoft.Authorization/roleDefinitions/$reader
    again "assigning" change --method put \
        --url "$arm$1/providers/Microsoft.Authorization/roleAssignments/$(new_guid)?$arm_version" --body \
        "{\"properties\":{\"roleDefinitionId\":\"$definition\",\"principalId\":\"$principal\",\"principalType\":\"ServicePrincipal\"}}" ||
        fail "refused: Reader at $1 needs User Access Administrator there; a Global Administrator may add --elevate"
    say "assigned     Reader at $1"
}

if $azure; then
    if $elevate; then raise; fi
    read_at "/providers/Microsoft.Management/managementGroups/$tenant"
    read_at /providers/Microsoft.aadiam
fi

if [ "$changes" -eq 0 ]; then
    say "Nothing to change."
elif ! $dry; then
    say "Done: $changes. New permissions reach PARC when its token is renewed, which may take a day; restart the app to be sure."
fi
