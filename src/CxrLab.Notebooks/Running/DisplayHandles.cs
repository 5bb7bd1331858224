using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// The displays of one notebook's run that may still change. A session marks them as Jupyter's messages do, with
/// <c>transient: {display_id}</c>, and later sends <c>update_display_data</c> with the same id. Neither is part of a saved notebook.
/// </summary>
internal sealed class DisplayHandles
{
    private readonly Dictionary<string, List<JsonObject>> shown = new(StringComparer.Ordinal);

    /// <summary>Takes the mark off an output and remembers the output by it.</summary>
    public void Remember(JsonObject output)
    {
        string? id = IdOf(output);
        output.Remove("transient");
        if (id is null) return;
        if (!shown.TryGetValue(id, out List<JsonObject>? places)) shown[id] = places = [];
        places.Add(output);
    }

    /// <summary>Gives every output of the update's id its new content, in whichever cell it stands.</summary>
    public void Update(JsonObject update)
    {
        if (IdOf(update) is not string id || !shown.TryGetValue(id, out List<JsonObject>? places)) return;
        foreach (JsonObject place in places)
        {
            place["data"] = update["data"]?.DeepClone();
            place["metadata"] = update["metadata"]?.DeepClone() ?? new JsonObject();
        }
    }

    private static string? IdOf(JsonObject output) => NotebookCell.Text((output["transient"] as JsonObject)?["display_id"]);
}
