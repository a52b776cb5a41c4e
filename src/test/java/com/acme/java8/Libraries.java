package com.acme.java8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.io.IOUtils;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.jsoup.Jsoup;

/** What applications do with libraries, on targets of Java 8 and newer. Functions only. */
public final class Libraries {
    private static final String TEXT = "text";

    private Libraries() {}

    /** The files in an archive whose kind and compression are found out, and what they hold. */
    public static Map<String, String> unpack(byte[] archive) throws IOException, ArchiveException, CompressorException {
        Map<String, String> files = new TreeMap<>();
        InputStream unpacked =
                new CompressorStreamFactory().createCompressorInputStream(new ByteArrayInputStream(archive));
        try (ArchiveInputStream<? extends ArchiveEntry> in =
                new ArchiveStreamFactory().createArchiveInputStream(new BufferedInputStream(unpacked))) {
            for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), IOUtils.toString(in, StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    /** The texts of what a selector finds in a page. */
    public static List<String> select(String page, String selector) {
        return Jsoup.parse(page).select(selector).eachText();
    }

    /** The first column of what a database in memory answers; its driver is found by {@code DriverManager} alone. */
    public static List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    /** Which of the texts have the word in them, from an index in memory. */
    public static List<String> search(List<String> texts, String word) throws IOException {
        try (Directory index = new ByteBuffersDirectory()) {
            try (IndexWriter writer = new IndexWriter(index, new IndexWriterConfig(new StandardAnalyzer()))) {
                for (String text : texts) {
                    Document document = new Document();
                    document.add(new TextField(TEXT, text, Field.Store.YES));
                    writer.addDocument(document);
                }
            }
            List<String> found = new ArrayList<>();
            try (DirectoryReader reader = DirectoryReader.open(index)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                for (ScoreDoc hit : searcher.search(new TermQuery(new Term(TEXT, word)), texts.size()).scoreDocs) {
                    found.add(searcher.doc(hit.doc).get(TEXT));
                }
            }
            return found;
        }
    }
}
