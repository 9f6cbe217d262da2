import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene as a peer of the bench.
 *
 * <p>{@code index FOLDER} reads patents from standard input, a line each, and tells what it cost. {@code serve FOLDER MS}
 * reads questions: a line {@code kind TAB times TAB count}, then so many lines with the parts of a question parted by
 * tabs; it answers each by {@code nanoseconds TAB total TAB facets}, the time being the best of the times it was asked.
 * The first time a kind is asked, every way to ask it is warmed up for so many milliseconds, and the fastest is kept;
 * its name stands in the first line of the answer.
 */
public final class Peer {
    private static final int WARM_UP_ROUNDS = 300;

    private final Questions questions;
    private final long warmUpNanos;
    private final Map<String, Questions.Way> chosen = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    private Peer(Questions questions, long warmUpNanos) {
        this.questions = questions;
        this.warmUpNanos = warmUpNanos;
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("index")) {
            out.println(Indexing.run(in, folder));
            out.flush();
            return;
        }
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder))) {
            new Peer(new Questions(reader), Long.parseLong(arguments[2]) * 1_000_000).serve(in, out);
        }
    }

    private void serve(BufferedReader in, PrintStream out) throws Exception {
        String line;
        while ((line = in.readLine()) != null) {
            String[] head = line.split("\t", -1);
            List<String[]> asks = new ArrayList<>();
            for (int i = Integer.parseInt(head[2]); i > 0; i--) {
                asks.add(in.readLine().split("\t", -1));
            }
            if (!chosen.containsKey(head[0])) {
                choose(head[0], asks);
            }
            out.println(names.get(head[0]));
            answer(chosen.get(head[0]), asks, Integer.parseInt(head[1]), out);
            out.flush();
        }
    }

    private void choose(String kind, List<String[]> asks) throws Exception {
        long best = Long.MAX_VALUE;
        for (Map.Entry<String, Questions.Way> one : questions.ways(kind).entrySet()) {
            long typical = warmUp(one.getValue(), asks);
            if (typical < best) {
                best = typical;
                chosen.put(kind, one.getValue());
                names.put(kind, one.getKey());
            }
        }
    }

    /** The sum over the questions of the best time of each. */
    private long warmUp(Questions.Way way, List<String[]> asks) throws Exception {
        long[] best = new long[asks.size()];
        java.util.Arrays.fill(best, Long.MAX_VALUE);
        long begun = System.nanoTime();
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (int i = 0; i < best.length; i++) {
                long start = System.nanoTime();
                way.ask(asks.get(i));
                best[i] = Math.min(best[i], System.nanoTime() - start);
            }
            if (round > 1 && System.nanoTime() - begun > warmUpNanos) {
                break;
            }
        }
        return java.util.Arrays.stream(best).sum();
    }

    private static void answer(Questions.Way way, List<String[]> asks, int times, PrintStream out) throws Exception {
        long[] best = new long[asks.size()];
        java.util.Arrays.fill(best, Long.MAX_VALUE);
        Questions.Found[] found = new Questions.Found[best.length];
        for (int round = 0; round < times; round++) {
            for (int i = 0; i < best.length; i++) {
                long start = System.nanoTime();
                found[i] = way.ask(asks.get(i));
                best[i] = Math.min(best[i], System.nanoTime() - start);
            }
        }
        for (int i = 0; i < best.length; i++) {
            out.println(best[i] + "\t" + found[i].total() + "\t" + found[i].facets());
        }
    }
}
