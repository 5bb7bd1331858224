using System.Text;

namespace CxrLab.Notebooks.Session;

/// <summary>Stands in for the console: text written inside a cell becomes the cell's output, all other text goes where it always went.</summary>
internal sealed class CellConsole(string name, TextWriter outside) : TextWriter
{
    private static readonly Lock Gate = new();
    private static bool installed;

    public override Encoding Encoding => outside.Encoding;

    /// <summary>Replaces <see cref="Console.Out"/>, <see cref="Console.Error"/> and <see cref="Console.In"/>.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (installed) return;
            Console.SetOut(new CellConsole("stdout", Console.Out) { NewLine = "\n" });
            Console.SetError(new CellConsole("stderr", Console.Error) { NewLine = "\n" });
            Console.SetIn(new CellInput());
            installed = true;
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (CellSink.Current is CellSink sink) sink.Write(name, buffer);
        else outside.Write(buffer);
    }

    public override void WriteLine(string? value) => Write(value + NewLine); // one piece, so lines of two threads don't mix

    public override void Flush() => outside.Flush();
}
