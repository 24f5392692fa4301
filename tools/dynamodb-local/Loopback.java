// SPDX-License-Identifier: Apache-2.0
// DynamoDB Local on the loopback address only and a port of the kernel's choice, which its own
// command line cannot do. Everything is in memory. Prints the port as one line once it serves, and
// ends when its standard input does: with whoever started it, however that ended. Its telemetry is
// not set up, so that it calls nobody.
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

public final class Loopback {
    private Loopback() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.eclipse.jetty.util.log.announce", "false");
        boolean inMemory = true;
        boolean sharedByAllKeys = true;
        boolean delayTransientStatuses = false;
        var requests =
            new LocalDynamoDBRequestHandler(0, inMemory, null, sharedByAllKeys, delayTransientStatuses);
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        server.addConnector(connector);
        server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(requests, null)));
        server.start();
        System.out.println(connector.getLocalPort());
        System.out.flush();
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }
}
