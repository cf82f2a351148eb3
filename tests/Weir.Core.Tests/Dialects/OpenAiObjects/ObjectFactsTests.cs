using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiObjects;
using Xunit;

namespace Weir.Core.Tests.Dialects.OpenAiObjects;

public sealed class ObjectFactsTests
{
    [Theory]
    [InlineData("GET", "/v1/files", "", "file", ObjectAct.List, "")]
    [InlineData("GET", "/v1/files/file-1", "", "file", ObjectAct.Use, "file-1")]
    [InlineData("DELETE", "/v1/files/file-1", "", "file", ObjectAct.Delete, "file-1")]
    [InlineData("POST", "/v1/batches", """{"input_file_id":"file-1","endpoint":"/v1/responses","completion_window":"24h"}""", "batch", ObjectAct.Create, "file-1")]
    [InlineData("POST", "/v1/batches/batch_1/cancel", "", "batch", ObjectAct.Use, "batch_1")]
    [InlineData("POST", "/v1/vector_stores", """{"name":"n","file_ids":["file-1","file-2"]}""", "vector_store", ObjectAct.Create, "file-1 file-2")]
    [InlineData("POST", "/v1/vector_stores/vs_1/file_batches", """{"files":[{"file_id":"file-1","attributes":{}},{"file_id":"file-2"}]}""", "vector_store", ObjectAct.Use, "vs_1 file-1 file-2")]
    [InlineData("DELETE", "/v1/vector_stores/vs_1/files/file-1", "", "vector_store", ObjectAct.Use, "vs_1")]
    public void A_call_names_its_objects(string method, string path, string body, string kind, ObjectAct act, string ids)
    {
        var call = Read(method, path, body).Facts?.Objects;
        Assert.Equal((kind, act, ids), (call?.Kind, call?.Act, string.Join(' ', call?.Ids ?? [])));
    }

    [Theory]
    [InlineData("POST", "[]", "wrong_type")]
    [InlineData("POST", """{"file_ids":["a",1]}""", "wrong_type")]
    [InlineData("POST", """{"file_id":"a","file_id":"b"}""", "duplicate_key")]
    [InlineData("GET", "{}", "unexpected_body")]
    public void A_body_that_could_hide_a_file_is_refused(string method, string body, string code) =>
        Assert.Equal(code, Read(method, "/v1/vector_stores/vs_1/files", body).Error?.Code);

    private static FactsResult Read(string method, string path, string body) =>
        new OpenAiObjectsDialect().ReadFacts(Encoding.UTF8.GetBytes(body), new CallHead(Operation.VectorStores) { Method = method, Path = path });
}
