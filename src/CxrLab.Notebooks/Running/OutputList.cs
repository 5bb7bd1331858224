using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Formatting;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// The outputs of one cell as they arrive: neighbouring pieces of one stream become one output, a display that is updated stays one
/// output, and <c>clear_output</c> clears. What comes out is what a notebook stores.
/// </summary>
/// <param name="handles">The displays of the whole notebook; an update may belong to an earlier cell.</param>
internal sealed class OutputList(DisplayHandles handles)
{
    /// <summary>A cell that prints without end must not fill the memory of the run, nor the notebook.</summary>
    internal const int MostStreamCharacters = 1_000_000;

    private readonly List<JsonObject> outputs = [];
    private readonly StringBuilder text = new();
    private string? stream;
    private long written;
    private bool clearBeforeNext;

    public OutputList() : this(new DisplayHandles())
    {
    }

    public void Add(JsonObject output)
    {
        string? type = NotebookCell.Text(output["output_type"]);
        if (type == "update_display_data")
        {
            handles.Update(output);
            return;
        }
        if (type == "clear_output")
        {
            clearBeforeNext = output["wait"]?.GetValue<bool>() == true;
            if (!clearBeforeNext) Clear();
            return;
        }
        if (clearBeforeNext) Clear();
        string? name = type == "stream" ? NotebookCell.Text(output["name"]) : null;
        if (name is null || name != stream) Flush();
        stream = name;
        if (name is not null)
        {
            Append(MultiLine.FromJson(output["text"]));
            return;
        }
        handles.Remember(output);
        outputs.Add(output);
    }

    /// <summary>The list as the notebook stores it; the objects become part of that tree.</summary>
    public JsonArray ToJson()
    {
        Flush();
        if (written > MostStreamCharacters)
            outputs.Add(OutputJson.Stream("stderr", string.Create(CultureInfo.InvariantCulture,
                $"[{written - MostStreamCharacters} more characters were printed and not kept]\n")));
        return new JsonArray([.. outputs]);
    }

    private void Append(string piece)
    {
        long room = Math.Max(0, MostStreamCharacters - written);
        text.Append(piece.AsSpan(0, (int)Math.Min(room, piece.Length)));
        written += piece.Length;
    }

    private void Flush()
    {
        if (text.Length > 0) outputs.Add(OutputJson.Stream(stream!, text.ToString()));
        text.Clear();
    }

    private void Clear()
    {
        outputs.Clear();
        text.Clear();
        (stream, written, clearBeforeNext) = (null, 0, false);
    }
}
