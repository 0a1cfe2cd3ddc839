package dev.parc.desk;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.UUID;
import java.util.logging.Logger;

/** What a function is told of its invocation. */
record DeskContext(String functionName, String invocationId) implements ExecutionContext {

    DeskContext(String functionName) {
        this(functionName, UUID.randomUUID().toString());
    }

    @Override
    public Logger getLogger() {
        return Logger.getLogger("dev.parc.functions." + functionName);
    }

    @Override
    public String getInvocationId() {
        return invocationId;
    }

    @Override
    public String getFunctionName() {
        return functionName;
    }
}
