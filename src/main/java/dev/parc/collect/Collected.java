package dev.parc.collect;

import dev.parc.facts.Facts;
import java.util.Map;

/**
 * What one collection brought back.
 *
 * @param tenantName the organisation's display name, or its id where it could not be read
 * @param graph HTTP calls to Microsoft Graph, a batch counted once, retries included
 * @param arm HTTP calls to Azure Resource Manager
 * @param throttled answers 429, inside a batch too
 * @param byRequest requests by method and path with {@code {id}} for ids, batched ones counted singly
 */
public record Collected(
        Facts facts, String tenantName, int graph, int arm, int throttled, Map<String, Integer> byRequest) {}
