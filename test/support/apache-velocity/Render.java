import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import net.minidev.json.JSONObject;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.InvalidReferenceEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.util.introspection.Info;

/**
 * Renders mapping templates as Amazon API Gateway does: Apache Velocity, with the variables of the service. Each line of the input
 * is a JSON object with `template`, `input` and `nothing`, and each line of the output an object with `text`, `status` and `headers`,
 * or with `error`.
 */
public final class Render {
  private static final Configuration PATHS =
      Configuration.builder().options(Option.SUPPRESS_EXCEPTIONS).build();

  /** `$input`. What is not there is null, or the empty text: pages and recordings of the service can be read both ways. */
  public static final class Input {
    private final String body;
    private final Map<String, Object> params;
    private final boolean blank;

    Input(String body, Map<String, Object> params, boolean blank) {
      this.body = body == null || body.isEmpty() ? "{}" : body;
      this.params = params;
      this.blank = blank;
    }

    public String getBody() {
      return body;
    }

    public Object path(String path) {
      Object found = at(path);
      return found == null && blank ? "" : found;
    }

    public String json(String path) {
      Object found = at(path);
      return found == null ? "\"\"" : JSONValue.toJSONString(found, JSONStyle.NO_COMPRESS);
    }

    public Map<String, Object> params() {
      return params;
    }

    private Object at(String path) {
      try {
        return JsonPath.using(PATHS).parse(body).read(path);
      } catch (RuntimeException error) {
        return null;
      }
    }
  }

  /** `$util`. */
  public static final class Util {
    public String escapeJavaScript(String text) {
      return StringEscapeUtils.escapeJavaScript(text);
    }

    public String urlEncode(String text) throws IOException {
      return URLEncoder.encode(text, "UTF-8");
    }

    public String base64Encode(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public String base64Decode(String text) {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    public Object parseJson(String text) {
      return JSONValue.parse(text);
    }
  }

  /** A reference to nothing is the empty text. */
  private static final class Blank implements InvalidReferenceEventHandler {
    @Override
    public Object invalidGetMethod(Context context, String reference, Object object, String property, Info info) {
      return "";
    }

    @Override
    public boolean invalidSetMethod(Context context, String left, String right, Info info) {
      return false;
    }

    @Override
    public Object invalidMethod(Context context, String reference, Object object, String method, Info info) {
      return "";
    }
  }

  public static void main(String[] arguments) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.setProperty(
        "runtime.introspector.uberspect", "org.apache.velocity.util.introspection.SecureUberspector");
    engine.init();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JSONObject each = (JSONObject) new JSONParser(JSONParser.MODE_JSON_SIMPLE).parse(line);
      out.println(rendered(engine, each).toJSONString(JSONStyle.NO_COMPRESS));
    }
    out.flush();
  }

  private static JSONObject rendered(VelocityEngine engine, JSONObject each) {
    Map<String, Object> input = map(each.get("input"));
    boolean blank = "".equals(each.get("nothing"));
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("path", map(input.get("path")));
    params.put("querystring", map(input.get("query")));
    params.put("header", map(input.get("header")));
    Map<String, Object> headers = new LinkedHashMap<>();
    Map<String, Object> override = new LinkedHashMap<>();
    override.put("header", headers);
    Map<String, Object> request = map(input.get("context"));
    request.putIfAbsent("requestId", "request-1");
    request.put("responseOverride", override);
    VelocityContext variables = new VelocityContext();
    if (blank) {
      EventCartridge events = new EventCartridge();
      events.addEventHandler(new Blank());
      events.attachToContext(variables);
    }
    variables.put("input", new Input((String) input.get("body"), params, blank));
    variables.put("util", new Util());
    variables.put("context", request);
    variables.put("stageVariables", map(input.get("stageVariables")));
    JSONObject answer = new JSONObject();
    try {
      StringWriter text = new StringWriter();
      engine.evaluate(variables, text, "template", (String) each.get("template"));
      answer.put("text", text.toString());
      answer.put("status", override.get("status"));
      answer.put("headers", headers);
    } catch (RuntimeException error) {
      answer.put("error", error.toString());
    }
    return answer;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? new LinkedHashMap<>() : new LinkedHashMap<>((Map<String, Object>) value);
  }
}
