package dev.secureprediction.gateway.surface.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Parts;
import java.io.IOException;

/** Reads the messages of a chat. */
final class ChatMessages {
    private final BodyReader in;
    private final Parts found;

    ChatMessages(BodyReader in, Parts found) {
        this.in = in;
        this.found = found;
    }

    /** The current value is a message; its role may stand behind its content. */
    void message() throws IOException, RefusedException {
        int first = found.count();
        Speaker[] speaker = {Speaker.User};
        in.object(name -> {
            switch (name) {
                case "role" -> speaker[0] = speaker(in.string());
                case "content" -> content();
                case "tool_calls", "function_call" -> found.everyString(Speaker.ToolArguments);
                case "reasoning_content" -> found.everyString(Speaker.Thought);
                default -> found.unknown(Speaker.User);
            }
        });
        if (speaker[0] != Speaker.User) {
            found.reassign(first, Speaker.User, speaker[0]);
        }
    }

    private static Speaker speaker(String role) {
        return switch (role) {
            case "system", "developer" -> Speaker.System;
            case "assistant" -> Speaker.Model;
            case "tool", "function" -> Speaker.ToolResult;
            default -> Speaker.User;
        };
    }

    private void content() throws IOException, RefusedException {
        if (in.token() == JsonToken.START_ARRAY) {
            in.array(index -> part());
        } else {
            found.everyString(Speaker.User);
        }
    }

    private void part() throws IOException, RefusedException {
        if (in.token() != JsonToken.START_OBJECT) {
            found.everyString(Speaker.User);
            return;
        }
        in.object(name -> {
            switch (name) {
                case "type" -> in.skip();
                case "image_url", "video_url", "audio_url" -> url();
                case "input_audio" -> audio();
                case "file" -> file();
                case "text", "refusal" -> found.everyString(Speaker.User);
                default -> found.unknown(Speaker.User);
            }
        });
    }

    private void url() throws IOException, RefusedException {
        if (in.token() == JsonToken.VALUE_STRING) {
            fileOrBytes();
            return;
        }
        in.object(name -> {
            if (name.equals("url")) {
                fileOrBytes();
            } else {
                found.everyString(Speaker.Data);
            }
        });
    }

    /** A data URL (RFC 2397) holds the bytes; any other is fetched by the model's side. */
    private void fileOrBytes() throws IOException, RefusedException {
        String url = in.string();
        Span span = in.span();
        if (url.regionMatches(true, 0, "data:", 0, 5)) {
            int end = url.indexOf(',');
            String type = end < 0 ? "" : url.substring(5, end);
            int parameter = type.indexOf(';');
            found.inline(in.pointer(), span, parameter < 0 ? type : type.substring(0, parameter));
        } else {
            found.file(url, "");
        }
    }

    private void audio() throws IOException, RefusedException {
        in.object(name -> {
            if (name.equals("data")) {
                // Vertex AI takes a place here as well, and base64 has no colon
                if (in.string().indexOf(':') < 0) {
                    found.inline(in.pointer(), in.span(), "audio/*");
                } else {
                    fileOrBytes();
                }
            } else {
                found.everyString(Speaker.Data);
            }
        });
    }

    private void file() throws IOException, RefusedException {
        in.object(name -> {
            switch (name) {
                case "file_data" -> fileOrBytes();
                case "file_id" -> found.file(in.string(), "");
                default -> found.everyString(Speaker.Data);
            }
        });
    }
}
