// SPDX-License-Identifier: Apache-2.0
// DynamoDB Local on the loopback address only and a port of the kernel's choice, which its own
// command line cannot do. Everything is in memory. Prints the port as one line once it serves, and
// ends when its standard input does: with whoever started it, however that ended. Its telemetry is
// not set up, so that it calls nobody.
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoaderUtil;

public final class Loopback {
    private Loopback() {}

    // Its SQLite, as fetch has laid it beside our class for each processor. Left to itself, it copies that
    // into the folder of temporary files at its first request, and leaves it there when it is killed.
    private static void loadSqlite() throws Exception {
        var classes = Path.of(Loopback.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var machine = SQLiteLibraryLoaderUtil.getNativeLibFolderPathForCurrentOS();
        var folder = classes.resolveSibling("native").resolve(machine);
        if (!Files.isRegularFile(folder.resolve(SQLiteLibraryLoaderUtil.getNativeLibName()))) {
            throw new UnsupportedOperationException("DynamoDB Local has no library for " + machine);
        }
        System.setProperty("org.sqlite.lib.path", folder.toString());
        SQLiteLibraryLoader.initialize();
    }

    public static void main(String[] arguments) throws Exception {
        loadSqlite();
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
