package dev.secureprediction.gateway.guardrail;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Letters of other scripts that are drawn like Latin ones: the single letters of Cyrillic, Greek and Armenian and a few
 * symbols that Unicode's confusables (UTS 39) map to ASCII letters. Marks on letters are left out as well.
 */
final class LookAlikes {
    private static final String[] PAIRS = {
        // Cyrillic
        "аa",
        "АA",
        "ВB",
        "еe",
        "ЕE",
        "ЁE",
        "ёe",
        "КK",
        "кk",
        "МM",
        "мm",
        "НH",
        "нh",
        "оo",
        "ОO",
        "рp",
        "РP",
        "сc",
        "СC",
        "ТT",
        "тt",
        "уy",
        "УY",
        "хx",
        "ХX",
        "іi",
        "ІI",
        "їi",
        "ЇI",
        "јj",
        "ЈJ",
        "ѕs",
        "ЅS",
        "ԁd",
        "ԛq",
        "ԜW",
        "ԝw",
        "һh",
        "ҺH",
        "ӏl",
        "ӀI",
        "ѵv",
        "ѴV",
        "ьb",
        "вb",
        "гr",
        "пn",
        "ԍg",
        "ѡw",
        "ԌG",
        "ցg",
        // Greek
        "αa",
        "ΑA",
        "ΒB",
        "εe",
        "ΕE",
        "ΖZ",
        "ηn",
        "ΗH",
        "ιi",
        "ΙI",
        "κk",
        "ΚK",
        "ΜM",
        "νv",
        "ΝN",
        "οo",
        "ΟO",
        "ρp",
        "ΡP",
        "τt",
        "ΤT",
        "υu",
        "ΥY",
        "χx",
        "ΧX",
        "γy",
        "ωw",
        "ϲc",
        "ϹC",
        "ϳj",
        "σo",
        // Armenian
        "օo",
        "ՕO",
        "սu",
        "ՍU",
        "հh",
        "ոn",
        "ռn",
        "զq",
        "յj",
        "լl",
        "ւi",
        "աw",
        "քp",
        "ցg",
        "ԼL",
        "ՏS",
        // Cherokee
        "ᎪA",
        "ᏴB",
        "ᏟC",
        "ᎠD",
        "ᎬE",
        "ᏀG",
        "ᎻH",
        "ᎫJ",
        "ᏦK",
        "ᏞL",
        "ᎷM",
        "ᏢP",
        "ᎡR",
        "ᏚS",
        "ᎢT",
        "ᏙV",
        "ᎳW",
        "ᏃZ",
        // Latin letters that are not ASCII, and symbols
        "ıi",
        "ȷj",
        "ɑa",
        "ɡg",
        "ɩi",
        "ʋu",
        "ʏy",
        "ɪi",
        "ᴀa",
        "ʙb",
        "ᴄc",
        "ᴅd",
        "ᴇe",
        "ɢg",
        "ʜh",
        "ᴊj",
        "ᴋk",
        "ʟl",
        "ᴍm",
        "ɴn",
        "ᴏo",
        "ᴘp",
        "ʀr",
        "ꜱs",
        "ᴛt",
        "ᴜu",
        "ᴠv",
        "ᴡw",
        "ᴢz",
        "øo",
        "ØO",
        "łl",
        "ŁL",
        "đd",
        "ĐD",
        "ħh",
        "ĦH",
        "ŧt",
        "ŦT",
        "∣l",
        "ǀl",
        "Ɩl"
    };
    private static final Map<Integer, Character> LATIN = table();

    private LookAlikes() {}

    /** The text as a reader of Latin script takes it. */
    static String read(String text) {
        String taken = Normalizer.normalize(text, Normalizer.Form.NFD);
        StringBuilder latin = new StringBuilder(taken.length());
        taken.codePoints().forEach(point -> {
            int type = Character.getType(point);
            if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
                return;
            }
            Character like = LATIN.get(point);
            if (like == null) {
                latin.appendCodePoint(letterOfSign(point));
            } else {
                latin.append(like.charValue());
            }
        });
        return latin.toString();
    }

    /** White on black in a circle or a square, and the letters of flags: signs that NFKC leaves as they are. */
    private static int letterOfSign(int point) {
        for (int first : new int[] {0x1F150, 0x1F170, 0x1F1E6}) {
            if (point >= first && point < first + 26) {
                return 'A' + point - first;
            }
        }
        return point;
    }

    private static Map<Integer, Character> table() {
        Map<Integer, Character> table = new HashMap<>();
        for (String pair : PAIRS) {
            table.put(pair.codePointAt(0), pair.charAt(pair.length() - 1));
        }
        return Map.copyOf(table);
    }
}
