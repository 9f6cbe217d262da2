import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node for tests: the server's own Node with the modules that search needs, taken from the class path.
 *
 * <p>Arguments are settings, name=value. The node ends when its standard input does, so it never outlives who started it.
 * The launcher of the distribution is left out on purpose: it wants a folder of modules, refuses to run as root, and checks
 * kernel limits that only matter in production.
 */
final class TestNode extends Node {
    private TestNode(Environment environment, List<Class<? extends Plugin>> modules) {
        super(environment, modules, false);
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), null, () -> "node");
        TestNode node = new TestNode(environment, List.of(Netty4Plugin.class, CommonAnalysisPlugin.class));
        node.start();
        while (System.in.read() != -1) {
            // nothing is said to a node: only the end counts
        }
        node.close();
        System.exit(0);
    }
}
