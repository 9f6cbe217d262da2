import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Builds the index: two threads, 256 MB, no forced merge, as Lucene is used where documents keep coming. */
final class Indexing {
    private static final int THREADS = 2;

    private Indexing() {}

    static String run(BufferedReader in, Path folder) throws Exception {
        IndexWriterConfig settings = new IndexWriterConfig(new WhitespaceAnalyzer());
        settings.setOpenMode(IndexWriterConfig.OpenMode.CREATE).setRAMBufferSizeMB(256);
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, settings)) {
            feed(in, writer);
            writer.commit();
        }
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(one -> one.startsWith("VmHWM")).findFirst().orElse("0").replaceAll("[^0-9]", "");
        return system.getProcessCpuTime() / 1e9 + "\t" + Long.parseLong(peak) / 1024;
    }

    private static void feed(BufferedReader in, IndexWriter writer) throws Exception {
        BlockingQueue<List<String>> waiting = new ArrayBlockingQueue<>(20);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread one = new Thread(() -> take(waiting, writer));
            one.start();
            threads.add(one);
        }
        List<String> some = new ArrayList<>();
        String line;
        while ((line = in.readLine()) != null) {
            some.add(line);
            if (some.size() == 500) {
                waiting.put(some);
                some = new ArrayList<>();
            }
        }
        waiting.put(some);
        for (int i = 0; i < THREADS; i++) {
            waiting.put(List.of("end"));
        }
        for (Thread one : threads) {
            one.join();
        }
    }

    private static void take(BlockingQueue<List<String>> waiting, IndexWriter writer) {
        try {
            while (true) {
                for (String line : waiting.take()) {
                    if (line.equals("end")) {
                        return;
                    }
                    writer.addDocument(document(line.split("\t", -1)));
                }
            }
        } catch (Exception error) {
            error.printStackTrace();
            System.exit(1);
        }
    }

    private static Document document(String[] parts) {
        Document made = new Document();
        made.add(new StringField("id", parts[0], Field.Store.YES));
        made.add(new TextField("title", parts[1], Field.Store.NO));
        made.add(new TextField("abstract", parts[2], Field.Store.NO));
        for (String symbol : parts[3].split(" ")) {
            made.add(new StringField("ipc", symbol, Field.Store.NO));
        }
        for (String symbol : parts[4].split(" ")) {
            made.add(new StringField("subclass", symbol, Field.Store.NO));
            made.add(new SortedSetDocValuesField("subclass", new BytesRef(symbol)));
        }
        made.add(new StringField("applicant", parts[5], Field.Store.NO));
        made.add(new SortedDocValuesField("applicant", new BytesRef(parts[5])));
        int day = Integer.parseInt(parts[6]);
        made.add(new IntField("day", day, Field.Store.NO));
        made.add(new NumericDocValuesField("year", day / 10_000));
        made.add(new StoredField("card", parts[7]));
        return made;
    }
}
