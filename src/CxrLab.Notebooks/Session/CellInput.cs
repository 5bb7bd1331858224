namespace CxrLab.Notebooks.Session;

/// <summary>
/// Stands in for the console's input: each line is asked of whoever sits at the notebook. In a headless run nobody does, and the input
/// is empty.
/// </summary>
internal sealed class CellInput : TextReader
{
    private string rest = ""; // of a line of which single characters were read

    public override string? ReadLine()
    {
        if (rest.Length == 0) return Ask();
        string line = rest.TrimEnd('\n');
        rest = "";
        return line;
    }

    public override int Peek()
    {
        if (rest.Length == 0 && Ask() is string line) rest = line + "\n";
        return rest.Length == 0 ? -1 : rest[0];
    }

    public override int Read()
    {
        int next = Peek();
        if (next >= 0) rest = rest[1..];
        return next;
    }

    private static string? Ask()
    {
        if (CellSink.Current is not CellSink { Input: not null } sink) return null;
        sink.Flush(); // what the cell printed explains the question
        return sink.Input(new InputRequest(""));
    }
}
