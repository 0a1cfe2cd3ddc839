package dev.parc.collect;

import static dev.parc.collect.FakeTenant.id;
import static dev.parc.collect.FakeTenant.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a made-up Azure knows of logs and resources; filled by {@link FakeLogs} and {@link FakeArm}. */
public final class FakeAzureObjects {

    final Map<String, List<ObjectNode>> watchlists = new HashMap<>();

    final Map<String, List<ObjectNode>> sentinelRules = new HashMap<>();

    final Map<String, ObjectNode> logPlaces = new HashMap<>();

    final List<ObjectNode> resources = new ArrayList<>();

    ObjectNode resource(String scope, String type, String name) {
        ObjectNode row = columns(scope + "/resourceGroups/rg-watch/providers/" + type + "/" + name, type);
        resources.add(row.put("name", name));
        return row;
    }

    static ObjectNode columns(String id, String type) {
        ObjectNode row = json("{osType:'', adminUsername:'', enabled:'', scopes:null, condition:null, criteria:null,"
                + " evaluationFrequency:'', windowSize:'', actions:null, retentionInDays:'',"
                + " workspaceResourceId:''}");
        return row.put("id", id).put("type", type).put("subscriptionId", id.split("/", -1)[2]);
    }
}
